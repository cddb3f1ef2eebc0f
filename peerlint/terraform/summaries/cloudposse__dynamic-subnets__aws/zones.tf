# Which zones get subnets, and what of the module is in use.

data "aws_availability_zones" "default" {
  count = local.enabled ? 1 : 0

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

data "aws_vpc" "default" {
  count = local.asks_vpc ? 1 : 0

  id = var.vpc_id
}

locals {
  enabled = module.this.enabled && (var.public_subnets_enabled || var.private_subnets_enabled) && (var.ipv4_enabled || var.ipv6_enabled)

  has_public  = local.enabled && var.public_subnets_enabled
  has_private = local.enabled && var.private_subnets_enabled
  has_four    = local.enabled && var.ipv4_enabled
  has_six     = local.enabled && var.ipv6_enabled

  public_four  = local.has_public && local.has_four
  public_six   = local.has_public && local.has_six
  private_four = local.has_private && local.has_four
  private_six  = local.has_private && local.has_six

  name_of = try(zipmap(data.aws_availability_zones.default[0].zone_ids, data.aws_availability_zones.default[0].names), {})
  choices = {
    ids   = local.enabled ? [for id in var.availability_zone_ids : local.name_of[id]] : []
    names = local.enabled ? var.availability_zones : []
    every = local.enabled ? sort(data.aws_availability_zones.default[0].names) : []
  }
  by_ids   = local.enabled && length(var.availability_zone_ids) > 0
  by_names = local.enabled && length(var.availability_zones) > 0
  possible = local.choices[local.by_ids ? "ids" : (local.by_names ? "names" : "every")]
  zones    = var.max_subnet_count == 0 || var.max_subnet_count >= length(local.possible) ? local.possible : slice(local.possible, 0, var.max_subnet_count)
}
