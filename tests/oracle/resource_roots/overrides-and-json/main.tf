
moved {
  from = aws_vpc.old
  to   = aws_vpc.a
}
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
  lifecycle {
    ignore_changes = [tags]
    precondition {
      condition     = path.module != ""
      error_message = "x"
    }
  }
}
check "c" {
  assert {
    condition     = aws_vpc.a.cidr_block != ""
    error_message = "x"
  }
}
resource "aws_subnet" "s" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.0.0/24"
  timeouts { create = "1m" }
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = "vpc-1"
  accepter { allow_remote_vpc_dns_resolution = true }
  requester { allow_remote_vpc_dns_resolution = true }
}
