
provider "aws" { region = "eu-west-1" }
data "aws_vpc" "tagged" { tags = { Name = "x" } }
data "aws_vpc" "made" { id = aws_vpc.a.id }
data "aws_vpc" "deferred" {
  cidr_block = "10.0.0.0/16"
  depends_on = [aws_vpc.a]
}
data "aws_subnets" "s" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.tagged.id]
  }
}
data "aws_subnet" "each" {
  for_each = toset(data.aws_subnets.s.ids)
  id       = each.value
}
data "aws_route_tables" "t" { vpc_id = data.aws_vpc.tagged.id }
data "aws_route_table" "main" { vpc_id = aws_vpc.a.id }
data "aws_availability_zones" "z" {}
data "aws_partition" "p" {}
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  count             = 2
  vpc_id            = aws_vpc.a.id
  cidr_block        = cidrsubnet(aws_vpc.a.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.z.names[count.index]
}
resource "aws_subnet" "per_zone" {
  count      = length(data.aws_availability_zones.z.names)
  vpc_id     = aws_vpc.a.id
  cidr_block = cidrsubnet(aws_vpc.a.cidr_block, 8, 10 + count.index)
}
resource "aws_route" "t" {
  count                     = length(data.aws_route_tables.t.ids)
  route_table_id            = tolist(data.aws_route_tables.t.ids)[count.index]
  destination_cidr_block    = aws_vpc.a.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
resource "aws_route" "e" {
  for_each                  = toset(data.aws_route_tables.t.ids)
  route_table_id            = each.value
  destination_cidr_block    = aws_vpc.a.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
resource "aws_route" "main" {
  route_table_id            = data.aws_route_table.main.id
  destination_cidr_block    = data.aws_vpc.tagged.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = data.aws_vpc.tagged.id
  auto_accept = data.aws_vpc.tagged.default
  tags        = { Name = "a-${data.aws_vpc.tagged.tags["Name"]}", arn = "arn:${data.aws_partition.p.partition}:x" }
}
resource "aws_security_group" "g" {
  vpc_id = aws_vpc.a.id
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = concat([aws_vpc.a.cidr_block], [for s in data.aws_subnet.each : s.cidr_block])
  }
}
