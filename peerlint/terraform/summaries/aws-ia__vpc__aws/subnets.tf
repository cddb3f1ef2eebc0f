# The tiers of subnets, each with a subnet and a table for every zone. Three names have a meaning; the others are private.

locals {
  tiers   = keys(var.subnets)
  private = setsubtract(local.tiers, ["public", "transit_gateway", "core_network"])

  # A private subnet is called "<tier>/<zone>".
  private_subnets = flatten([for zone in local.zones : [for tier in local.private : "${tier}/${zone}"]])

  # Blocks are written for each zone, or cut out of the block of the VPC by their length.
  # What is cut out depends on the zones, so it is as unknown as they are.
  cut_out   = { for zone in local.zones : zone => {} }
  cut       = [for tier, subnet in var.subnets : tier if can(subnet.netmask)]
  cut_ipv6  = [for tier, subnet in var.subnets : tier if can(subnet.assign_ipv6_cidr)]
  only_ipv6 = [for tier, subnet in var.subnets : tier if can(subnet.ipv6_native)]
  blocks = merge(
    try({ for tier in setsubtract(setsubtract(local.tiers, local.cut), local.only_ipv6) : tier => zipmap(local.zones, var.subnets[tier].cidrs[*]) }, {}),
    length(local.cut) == 0 ? {} : local.cut_out
  )
  ipv6_blocks = merge(
    try({ for tier in [for tier, subnet in var.subnets : tier if can(subnet.ipv6_cidrs)] : tier => zipmap(local.zones, var.subnets[tier].ipv6_cidrs[*]) }, {}),
    length(local.cut_ipv6) == 0 ? {} : local.cut_out
  )
}

resource "aws_subnet" "public" {
  for_each = contains(local.tiers, "public") ? toset(local.zones) : toset([])

  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = can(local.blocks["public"][each.key]) ? local.blocks["public"][each.key] : null
  ipv6_cidr_block   = can(local.ipv6_blocks["public"][each.key]) ? local.ipv6_blocks["public"][each.key] : null
}

resource "aws_route_table" "public" {
  for_each = contains(local.tiers, "public") ? toset(local.zones) : toset([])

  vpc_id = local.vpc.id
}

resource "aws_route_table_association" "public" {
  for_each = contains(local.tiers, "public") ? toset(local.zones) : toset([])

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public[each.key].id
}

resource "aws_subnet" "private" {
  for_each = toset(try(local.private_subnets, []))

  vpc_id            = local.vpc.id
  availability_zone = split("/", each.key)[1]
  cidr_block        = can(local.blocks[split("/", each.key)[0]][split("/", each.key)[1]]) ? local.blocks[split("/", each.key)[0]][split("/", each.key)[1]] : null
  ipv6_cidr_block   = can(local.ipv6_blocks[split("/", each.key)[0]][split("/", each.key)[1]]) ? local.ipv6_blocks[split("/", each.key)[0]][split("/", each.key)[1]] : null
}

resource "aws_route_table" "private" {
  for_each = toset(try(local.private_subnets, []))

  vpc_id = local.vpc.id
}

resource "aws_route_table_association" "private" {
  for_each = toset(try(local.private_subnets, []))

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

resource "aws_subnet" "tgw" {
  for_each = contains(local.tiers, "transit_gateway") ? toset(local.zones) : toset([])

  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = local.blocks["transit_gateway"][each.key]
  ipv6_cidr_block   = can(local.ipv6_blocks["transit_gateway"][each.key]) ? local.ipv6_blocks["transit_gateway"][each.key] : null
}

resource "aws_route_table" "tgw" {
  for_each = contains(local.tiers, "transit_gateway") ? toset(local.zones) : toset([])

  vpc_id = local.vpc.id
}

resource "aws_route_table_association" "tgw" {
  for_each = contains(local.tiers, "transit_gateway") ? toset(local.zones) : toset([])

  subnet_id      = aws_subnet.tgw[each.key].id
  route_table_id = aws_route_table.tgw[each.key].id
}

resource "aws_subnet" "cwan" {
  for_each = contains(local.tiers, "core_network") ? toset(local.zones) : toset([])

  vpc_id            = local.vpc.id
  availability_zone = each.key
  cidr_block        = local.blocks["core_network"][each.key]
  ipv6_cidr_block   = can(local.ipv6_blocks["core_network"][each.key]) ? local.ipv6_blocks["core_network"][each.key] : null
}

resource "aws_route_table" "cwan" {
  for_each = contains(local.tiers, "core_network") ? toset(local.zones) : toset([])

  vpc_id = local.vpc.id
}

resource "aws_route_table_association" "cwan" {
  for_each = contains(local.tiers, "core_network") ? toset(local.zones) : toset([])

  subnet_id      = aws_subnet.cwan[each.key].id
  route_table_id = aws_route_table.cwan[each.key].id
}
