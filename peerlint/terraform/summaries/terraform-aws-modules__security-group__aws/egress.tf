# The egress rules: each way to write them comes twice, the second time with a number of rules that is known before the rules are.

resource "aws_security_group_rule" "egress_rules" {
  count = local.create ? length(var.egress_rules) : 0

  security_group_id = local.group
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = var.rules[var.egress_rules[count.index]][0]
  to_port           = var.rules[var.egress_rules[count.index]][1]
  protocol          = var.rules[var.egress_rules[count.index]][2]
}

resource "aws_security_group_rule" "computed_egress_rules" {
  count = local.create ? var.number_of_computed_egress_rules : 0

  security_group_id = local.group
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = var.rules[var.computed_egress_rules[count.index]][0]
  to_port           = var.rules[var.computed_egress_rules[count.index]][1]
  protocol          = var.rules[var.computed_egress_rules[count.index]][2]
}

resource "aws_security_group_rule" "egress_with_self" {
  count = local.create ? length(var.egress_with_self) : 0

  security_group_id = local.group
  type              = "egress"
  self              = lookup(var.egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.egress_with_self[count.index], "from_port", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_self[count.index], "to_port", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_self[count.index], "protocol", var.rules[lookup(var.egress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  count = local.create ? var.number_of_computed_egress_with_self : 0

  security_group_id = local.group
  type              = "egress"
  self              = lookup(var.computed_egress_with_self[count.index], "self", true)
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.computed_egress_with_self[count.index], "from_port", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_self[count.index], "to_port", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_self[count.index], "protocol", var.rules[lookup(var.computed_egress_with_self[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count = local.create ? length(var.egress_with_cidr_blocks) : 0

  security_group_id = local.group
  type              = "egress"
  cidr_blocks       = compact(split(",", lookup(var.egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  from_port         = lookup(var.egress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.egress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count = local.create ? var.number_of_computed_egress_with_cidr_blocks : 0

  security_group_id = local.group
  type              = "egress"
  cidr_blocks       = compact(split(",", lookup(var.computed_egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  from_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count = local.create ? length(var.egress_with_ipv6_cidr_blocks) : 0

  security_group_id = local.group
  type              = "egress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count = local.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0

  security_group_id = local.group
  type              = "egress"
  ipv6_cidr_blocks  = compact(split(",", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "from_port", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][0])
  to_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "to_port", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][1])
  protocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "protocol", var.rules[lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count = local.create ? length(var.egress_with_source_security_group_id) : 0

  security_group_id        = local.group
  type                     = "egress"
  source_security_group_id = var.egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
  from_port                = lookup(var.egress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.egress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.egress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.egress_with_source_security_group_id[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count = local.create ? var.number_of_computed_egress_with_source_security_group_id : 0

  security_group_id        = local.group
  type                     = "egress"
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index]["source_security_group_id"]
  prefix_list_ids          = var.egress_prefix_list_ids
  from_port                = lookup(var.computed_egress_with_source_security_group_id[count.index], "from_port", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_egress_with_source_security_group_id[count.index], "to_port", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_egress_with_source_security_group_id[count.index], "protocol", var.rules[lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_")][2])
}
