# The VPC with its blocks and gateways, and what is adopted of the things that AWS makes with it.

locals {
  enabled = module.this.enabled
}

module "label" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  context = module.this.context
}

resource "aws_vpc" "default" {
  count = local.enabled ? 1 : 0

  cidr_block                       = var.ipv4_primary_cidr_block
  ipv4_ipam_pool_id                = try(var.ipv4_primary_cidr_block_association.ipv4_ipam_pool_id, null)
  ipv4_netmask_length              = try(var.ipv4_primary_cidr_block_association.ipv4_netmask_length, null)
  assign_generated_ipv6_cidr_block = var.assign_generated_ipv6_cidr_block
  ipv6_cidr_block                  = try(var.ipv6_primary_cidr_block_association.ipv6_cidr_block, null)
  ipv6_ipam_pool_id                = try(var.ipv6_primary_cidr_block_association.ipv6_ipam_pool_id, null)
  ipv6_netmask_length              = try(var.ipv6_primary_cidr_block_association.ipv6_netmask_length, null)
  enable_dns_support               = var.dns_support_enabled
  enable_dns_hostnames             = var.dns_hostnames_enabled
  tags                             = module.label.tags
}

resource "aws_vpc_ipv4_cidr_block_association" "default" {
  for_each = local.enabled ? var.ipv4_additional_cidr_block_associations : {}

  vpc_id              = aws_vpc.default[0].id
  cidr_block          = each.value.ipv4_cidr_block
  ipv4_ipam_pool_id   = each.value.ipv4_ipam_pool_id
  ipv4_netmask_length = each.value.ipv4_netmask_length
}

resource "aws_vpc_ipv6_cidr_block_association" "default" {
  for_each = local.enabled ? var.ipv6_additional_cidr_block_associations : {}

  vpc_id              = aws_vpc.default[0].id
  ipv6_cidr_block     = each.value.ipv6_cidr_block
  ipv6_ipam_pool_id   = each.value.ipv6_ipam_pool_id
  ipv6_netmask_length = each.value.ipv6_netmask_length
}

resource "aws_internet_gateway" "default" {
  count = local.enabled && var.internet_gateway_enabled ? 1 : 0

  vpc_id = aws_vpc.default[0].id
}

resource "aws_egress_only_internet_gateway" "default" {
  count = local.enabled && var.ipv6_egress_only_internet_gateway_enabled ? 1 : 0

  vpc_id = aws_vpc.default[0].id
}

# Adopted without a rule in them, the default group, table and network ACL let nothing through.

resource "aws_default_security_group" "default" {
  count = local.enabled && var.default_security_group_deny_all ? 1 : 0

  vpc_id = aws_vpc.default[0].id
}

resource "aws_default_route_table" "default" {
  count = local.enabled && var.default_route_table_no_routes ? 1 : 0

  default_route_table_id = aws_vpc.default[0].default_route_table_id
}

resource "aws_default_network_acl" "default" {
  count = local.enabled && var.default_network_acl_deny_all ? 1 : 0

  default_network_acl_id = aws_vpc.default[0].default_network_acl_id
}
