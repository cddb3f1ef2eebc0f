
variable "cidr" {}
variable "peer_region" { type = string }
variable "zones" { type = list(string) }
variable "subnets" { type = map(object({ cidr = string, public = optional(bool, false) })) }
variable "create" { type = bool }
variable "peer_vpc_id" {}
resource "aws_vpc" "a" { cidr_block = var.cidr }
resource "aws_subnet" "z" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.a.id
  cidr_block        = cidrsubnet(var.cidr, 8, count.index)
  availability_zone = var.zones[count.index]
}
resource "aws_subnet" "m" {
  for_each                = var.subnets
  vpc_id                  = aws_vpc.a.id
  cidr_block              = each.value.cidr
  map_public_ip_on_launch = each.value.public
}
resource "aws_vpc_peering_connection" "p" {
  count       = var.create ? 1 : 0
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = var.peer_vpc_id
  peer_region = var.peer_region == "eu-west-9" ? null : var.peer_region
}
resource "aws_route" "r" {
  for_each                  = var.create ? var.subnets : {}
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = each.value.cidr
  vpc_peering_connection_id = aws_vpc_peering_connection.p[0].id
}
resource "aws_security_group" "s" {
  vpc_id = aws_vpc.a.id
  dynamic "ingress" {
    for_each = var.create ? [443] : [22, 80]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [var.cidr, "10.200.0.0/16"]
    }
  }
}
