# NAT gateways or NAT instances, and what the private tier routes to them.

locals {
  wants_gateways = var.nat_instance_enabled == true ? var.nat_gateway_enabled == true : !(var.nat_gateway_enabled == false)
  nat_useful     = local.private_four || local.public_dns64 || local.private_dns64
  has_gateways   = local.nat_useful && local.wants_gateways
  has_instances  = local.private_four && (local.wants_gateways ? false : var.nat_instance_enabled == true)
  has_nat        = local.has_gateways || local.has_instances
}

resource "aws_security_group" "nat_instance" {
  count = local.has_instances ? 1 : 0

  name   = module.nat_instance_label.id
  vpc_id = var.vpc_id
}

module "nat_instance_label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = ["nat", "instance"]
  context    = module.this.context
}

resource "aws_security_group_rule" "nat_instance_egress" {
  count = local.has_instances ? 1 : 0

  security_group_id = join("", aws_security_group.nat_instance[*].id)
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group_rule" "nat_instance_ingress" {
  count = local.has_instances ? 1 : 0

  security_group_id = join("", aws_security_group.nat_instance[*].id)
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = [local.four]
}

resource "aws_instance" "nat_instance" {
  count = local.has_instances ? local.nat_count : 0

  vpc_security_group_ids = [aws_security_group.nat_instance[0].id]
}
