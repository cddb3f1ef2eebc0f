
variable "on" { default = "true" }
resource "aws_vpc" "a" {
  cidr_block                       = "10.0.0.0/16"
  enable_dns_hostnames             = "true"
  enable_dns_support               = var.on
  assign_generated_ipv6_cidr_block = var.on
}
resource "aws_vpc_peering_connection" "a" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = aws_vpc.a.id
  auto_accept = var.on == "true" ? "true" : "false"
}
resource "aws_security_group_rule" "a" {
  type              = "ingress"
  security_group_id = "sg-1"
  from_port         = "22"
  to_port           = 20 + 2
  protocol          = 6
  cidr_blocks       = ["10.0.0.0/8"]
}
resource "aws_network_acl_rule" "a" {
  network_acl_id = "acl-1"
  rule_number    = "100"
  egress         = "false"
  protocol       = -1
  rule_action    = "allow"
  cidr_block     = "10.0.0.0/8"
}
resource "aws_ec2_managed_prefix_list" "a" {
  name           = "a"
  address_family = "IPv4"
  max_entries    = "5"
  entry { cidr = "10.0.0.0/16" }
  entry {
    cidr        = aws_vpc.a.cidr_block
    description = 7
  }
}
