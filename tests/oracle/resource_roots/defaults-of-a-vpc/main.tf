resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_default_route_table" "a" {
  default_route_table_id = aws_vpc.a.default_route_table_id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = aws_vpc_peering_connection.a.id
  }
}
resource "aws_default_security_group" "a" {
  vpc_id = aws_vpc.a.id
  ingress {
    protocol  = -1
    self      = true
    from_port = 0
    to_port   = 0
  }
}
resource "aws_default_network_acl" "a" {
  default_network_acl_id = aws_vpc.a.default_network_acl_id
  subnet_ids             = [aws_subnet.a.id]
  ingress {
    protocol   = -1
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}
resource "aws_default_vpc" "d" {
  tags = { Name = "d" }
}
resource "aws_default_subnet" "d" { availability_zone = "eu-west-1a" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.a.id
  cidr_block = "10.0.0.0/24"
}
resource "aws_main_route_table_association" "m" {
  vpc_id         = aws_vpc.a.id
  route_table_id = aws_default_route_table.a.id
}
resource "aws_route" "a" {
  route_table_id            = aws_default_route_table.a.id
  destination_cidr_block    = "10.2.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.a.id
}
resource "aws_route" "m" {
  route_table_id              = aws_vpc.a.main_route_table_id
  destination_ipv6_cidr_block = "2001:db8::/32"
  vpc_peering_connection_id   = aws_vpc_peering_connection_options.a.id
}
resource "aws_vpc_peering_connection" "a" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_default_vpc.d.id
}
resource "aws_vpc_peering_connection_accepter" "a" {
  vpc_peering_connection_id = aws_vpc_peering_connection.a.id
  auto_accept               = true
}
resource "aws_vpc_peering_connection_options" "a" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.a.id
  requester { allow_remote_vpc_dns_resolution = true }
}
data "aws_vpc_peering_connection" "a" { id = aws_vpc_peering_connection_accepter.a.id }
data "aws_route_table" "m" { vpc_id = aws_vpc.a.id }
data "aws_security_group" "d" { id = aws_default_security_group.a.id }
resource "aws_route" "looked_up" {
  route_table_id            = data.aws_route_table.m.id
  destination_cidr_block    = "10.3.0.0/16"
  vpc_peering_connection_id = data.aws_vpc_peering_connection.a.id
}
resource "aws_vpc_security_group_ingress_rule" "d" {
  security_group_id            = data.aws_security_group.d.id
  referenced_security_group_id = aws_vpc.a.default_security_group_id
  ip_protocol                  = "-1"
}
resource "aws_route53_zone" "z" {
  name = "x.internal"
  vpc { vpc_id = aws_vpc.a.id }
}
resource "aws_route53_zone_association" "z" {
  zone_id = aws_route53_zone.z.zone_id
  vpc_id  = aws_vpc_peering_connection_accepter.a.vpc_id
}
