
variable "ports" { default = [22, 443] }
variable "rules" {
  type    = map(object({ port = number, cidrs = optional(list(string), ["10.0.0.0/8"]), self = optional(bool) }))
  default = { ssh = { port = 22 }, web = { port = "443", cidrs = ["10.1.0.0/16"], self = true } }
}
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_security_group" "a" {
  vpc_id = aws_vpc.a.id
  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [aws_vpc.a.cidr_block]
      description = "n${ingress.key}"
    }
  }
  dynamic "egress" {
    for_each = { for k, v in var.rules : k => v if v.port > 22 }
    iterator = it
    content {
      from_port   = it.value.port
      to_port     = it.value.port
      protocol    = "tcp"
      cidr_blocks = it.value.cidrs
      self        = it.value.self
      description = it.key
    }
  }
}
resource "aws_security_group" "b" {
  vpc_id = aws_vpc.a.id
  dynamic "ingress" {
    for_each = toset([aws_vpc.a.id])
    content {
      from_port   = 0
      to_port     = 0
      protocol    = "-1"
      cidr_blocks = [aws_vpc.a.cidr_block]
    }
  }
}
resource "aws_network_acl" "a" {
  vpc_id = aws_vpc.a.id
  dynamic "ingress" {
    for_each = aws_vpc.a.ipv6_cidr_block == "x" ? [] : [1]
    content {
      rule_no    = 100
      action     = "allow"
      protocol   = "tcp"
      from_port  = 1
      to_port    = 2
      cidr_block = "10.0.0.0/8"
    }
  }
}
resource "aws_vpc_peering_connection" "a" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = "vpc-1"
  dynamic "requester" {
    for_each = true ? [true] : []
    content { allow_remote_vpc_dns_resolution = requester.value }
  }
  dynamic "accepter" {
    for_each = []
    content { allow_remote_vpc_dns_resolution = accepter.value }
  }
}
