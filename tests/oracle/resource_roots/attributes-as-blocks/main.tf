
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_route_table" "none" {
  vpc_id = aws_vpc.a.id
  route  = []
}
resource "aws_route_table" "one" {
  vpc_id = aws_vpc.a.id
  route = [{
    cidr_block                 = "10.1.0.0/16"
    vpc_peering_connection_id  = "pcx-1"
    carrier_gateway_id         = null
    core_network_arn           = ""
    destination_prefix_list_id = ""
    egress_only_gateway_id     = ""
    gateway_id                 = ""
    ipv6_cidr_block            = null
    local_gateway_id           = ""
    nat_gateway_id             = ""
    network_interface_id       = ""
    transit_gateway_id         = ""
    vpc_endpoint_id            = ""
  }]
}
resource "aws_route_table" "two" {
  vpc_id = aws_vpc.a.id
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = "pcx-1"
  }
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.a.id
  }
}
resource "aws_internet_gateway" "a" { vpc_id = aws_vpc.a.id }
resource "aws_security_group" "a" {
  name   = "a"
  egress = []
  ingress = [for port in [22, 443] : {
    from_port        = port
    to_port          = port
    protocol         = "tcp"
    cidr_blocks      = [aws_vpc.a.cidr_block]
    ipv6_cidr_blocks = []
    prefix_list_ids  = null
    security_groups  = []
    self             = false
    description      = "p${port}"
  }]
}
