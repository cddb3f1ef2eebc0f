
resource "aws_subnet" "s" { cidr_block = "10.0.1.0/24" }
resource "aws_vpc_peering_connection" "p" {
  peer_vpc_id = "vpc-2"
  accepter { allow_remote_vpc_dns_resolution = false }
}
