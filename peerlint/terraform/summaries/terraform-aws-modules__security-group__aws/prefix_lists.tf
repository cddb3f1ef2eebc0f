# Rules for prefix lists alone, since 5.1.

variable "ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_with_prefix_list_ids" {
  type    = number
  default = 0
}

variable "egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_prefix_list_ids" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_with_prefix_list_ids" {
  type    = number
  default = 0
}


resource "aws_security_group_rule" "ingress_with_prefix_list_ids" {
  count = var.create ? length(var.ingress_with_prefix_list_ids) : 0

  security_group_id = local.group
  type              = "ingress"
  prefix_list_ids   = compact(split(",", lookup(var.ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
  from_port         = lookup(var.ingress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_ingress_with_prefix_list_ids" {
  count = var.create ? var.number_of_computed_ingress_with_prefix_list_ids : 0

  security_group_id = local.group
  type              = "ingress"
  prefix_list_ids   = compact(split(",", lookup(var.ingress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.ingress_prefix_list_ids))))
  from_port         = lookup(var.ingress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.ingress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.ingress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.ingress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "egress_with_prefix_list_ids" {
  count = var.create ? length(var.egress_with_prefix_list_ids) : 0

  security_group_id = local.group
  type              = "egress"
  prefix_list_ids   = compact(split(",", lookup(var.egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
  from_port         = lookup(var.egress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port           = lookup(var.egress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol          = lookup(var.egress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.egress_with_prefix_list_ids[count.index], "rule", "_")][2])
}

resource "aws_security_group_rule" "computed_egress_with_prefix_list_ids" {
  count = var.create ? var.number_of_computed_egress_with_prefix_list_ids : 0

  security_group_id        = local.group
  type                     = "egress"
  source_security_group_id = var.computed_egress_with_prefix_list_ids[count.index]["source_security_group_id"]
  prefix_list_ids          = compact(split(",", lookup(var.computed_egress_with_prefix_list_ids[count.index], "prefix_list_ids", join(",", var.egress_prefix_list_ids))))
  from_port                = lookup(var.computed_egress_with_prefix_list_ids[count.index], "from_port", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][0])
  to_port                  = lookup(var.computed_egress_with_prefix_list_ids[count.index], "to_port", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][1])
  protocol                 = lookup(var.computed_egress_with_prefix_list_ids[count.index], "protocol", var.rules[lookup(var.computed_egress_with_prefix_list_ids[count.index], "rule", "_")][2])
}
