data "aws_vpc" "one" { tags = { Name = "shared" } }
data "aws_vpc" "two" { tags = { Name = "shared" } }
data "aws_vpc" "other" { tags = { Name = "else" } }
data "aws_vpc" "default" { default = true }
data "aws_vpc" "default_too" { default = "true" }
data "aws_vpc" "region" {
  region = "us-east-1"
  tags   = { Name = "shared" }
}
data "aws_route_tables" "one" { vpc_id = data.aws_vpc.one.id }
data "aws_route_tables" "two" { vpc_id = data.aws_vpc.two.id }
data "aws_subnets" "s" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.one.id]
  }
}
data "aws_ssm_parameter" "p" { name = "/vpc/id" }
data "aws_security_groups" "g" {
  filter {
    name   = "group-name"
    values = ["a", "b"]
  }
}
resource "aws_vpc_peering_connection" "a" {
  vpc_id      = data.aws_vpc.one.id
  peer_vpc_id = data.aws_vpc.default.id
  tags        = { Other = data.aws_vpc.other.id, P = data.aws_ssm_parameter.p.value, R = data.aws_vpc.region.id }
}
resource "aws_vpc_peering_connection" "b" {
  vpc_id      = data.aws_vpc.two.id
  peer_vpc_id = data.aws_vpc.default_too.id
}
resource "aws_route" "a" {
  for_each                  = toset(data.aws_route_tables.one.ids)
  route_table_id            = each.key
  destination_cidr_block    = data.aws_vpc.default.cidr_block_associations[0].cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.a.id
}
resource "aws_route" "b" {
  count                     = length(data.aws_route_tables.two.ids)
  route_table_id            = element(sort(tolist(data.aws_route_tables.two.ids)), count.index)
  destination_cidr_block    = "10.0.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.b.id
}
resource "aws_security_group" "g" {
  vpc_id = data.aws_vpc.one.id
  dynamic "ingress" {
    for_each = data.aws_security_groups.g.ids
    content {
      from_port       = 0
      to_port         = 0
      protocol        = "-1"
      security_groups = [ingress.value]
    }
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = [for a in data.aws_vpc.one.cidr_block_associations : a.cidr_block]
  }
}
