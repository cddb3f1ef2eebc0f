
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "b" {
  ipv4_ipam_pool_id   = "ipam-pool-1"
  ipv4_netmask_length = 16
}
resource "aws_eip" "e" { domain = "vpc" }
resource "aws_subnet" "b" {
  vpc_id     = aws_vpc.b.id
  cidr_block = cidrsubnet(aws_vpc.b.cidr_block, 8, 0)
}
resource "aws_route" "r" {
  route_table_id            = aws_vpc.a.main_route_table_id == "x" ? "rtb-1" : "rtb-2"
  destination_cidr_block    = aws_vpc.b.cidr_block != "" ? aws_vpc.b.cidr_block : "10.0.0.0/8"
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.b.id
  auto_accept = aws_vpc.a.id != aws_vpc.b.id
  tags        = { a = aws_vpc.a.id, b = "known", (aws_vpc.a.cidr_block) = "k" }
}
resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = aws_vpc.a.default_security_group_id
  cidr_ipv4         = "${aws_eip.e.public_ip}/32"
  ip_protocol       = "tcp"
  from_port         = aws_vpc.a.id == "x" ? 1 : 22
  to_port           = length(aws_vpc.a.id) > 0 ? 22 : 22
}
resource "aws_network_acl" "n" {
  vpc_id     = aws_vpc.a.id
  subnet_ids = [aws_subnet.b.id, "subnet-1"]
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = aws_vpc.b.cidr_block
    from_port  = 0
    to_port    = 0
  }
}
resource "aws_security_group" "s" {
  vpc_id = aws_vpc.a.id
  ingress {
    from_port       = 0
    to_port         = 0
    protocol        = "-1"
    cidr_blocks     = [aws_vpc.a.cidr_block, aws_vpc.b.cidr_block]
    security_groups = [aws_vpc.a.default_security_group_id, aws_vpc.b.default_security_group_id]
  }
}
