# The routes of the tiers: to gateways, and to the transit gateway and core network that inputs name for a tier.

locals {
  nat_choice = try(length(var.subnets.public.nat_gateway_configuration), 0) != 0 ? var.subnets.public.nat_gateway_configuration : "none"
  nat_counts = {
    "all_azs"   = local.zones
    "single_az" = [local.zones[0]]
    "none"      = []
  }
  nat_zones = contains(local.tiers, "public") ? local.nat_counts[local.nat_choice] : local.nat_counts["none"]
  nat_of = contains(local.tiers, "public") && !var.vpc_secondary_cidr ? (
    { for zone in local.zones : zone => { id = try(aws_nat_gateway.main[zone].id, aws_nat_gateway.main[local.nat_zones[0]].id) } if local.nat_choice != "none" }
  ) : (var.vpc_secondary_cidr ? var.vpc_secondary_cidr_natgw : {})

  through_nat  = [for tier in local.private : tier if try(var.subnets[tier].connect_to_public_natgw == true, false)]
  through_eigw = [for tier in local.private : tier if try(var.subnets[tier].connect_to_eigw == true, false)]
  nat_routed   = [for subnet in local.private_subnets : subnet if contains(local.through_nat, split("/", subnet)[0])]
  eigw_routed  = [for subnet in local.private_subnets : subnet if contains(local.through_eigw, split("/", subnet)[0])]

  public_only_ipv6 = can(var.subnets.public.ipv6_native)
  public_both      = !local.public_only_ipv6 && (can(var.subnets.public.assign_ipv6_cidr) || can(var.subnets.public.ipv6_cidrs))
  to_igw           = try(var.subnets.public.connect_to_igw, true)

  asks_acceptance = try(var.subnets.core_network.require_acceptance, false)
  accepts         = local.asks_acceptance == true && try(var.subnets.core_network.accept_attachment, true) == true
  core_is_there   = local.asks_acceptance == false || local.accepts
}

resource "aws_route" "public_to_igw" {
  for_each = contains(local.tiers, "public") && !local.public_only_ipv6 && local.to_igw ? toset(local.zones) : toset([])

  route_table_id         = aws_route_table.public[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main[0].id
}

resource "aws_route" "public_ipv6_to_igw" {
  for_each = contains(local.tiers, "public") && (local.public_only_ipv6 || local.public_both) && local.to_igw ? toset(local.zones) : toset([])

  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.main[0].id
}

resource "aws_route" "private_to_nat" {
  for_each = toset(try(local.nat_routed, []))

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[split("/", each.key)[1]].id
}

resource "aws_route" "private_to_egress_only" {
  for_each = toset(try(local.eigw_routed, []))

  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.eigw[0].id
}

resource "aws_route" "tgw_to_nat" {
  for_each = try(var.subnets.transit_gateway.connect_to_public_natgw == true, false) && contains(local.tiers, "public") ? toset(local.zones) : toset([])

  route_table_id         = aws_route_table.tgw[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[each.key].id
}

resource "aws_route" "cwan_to_nat" {
  for_each = try(var.subnets.core_network.connect_to_public_natgw == true, false) && contains(local.tiers, "public") ? toset(local.zones) : toset([])

  route_table_id         = aws_route_table.cwan[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = local.nat_of[each.key].id
}

resource "aws_route" "public_to_tgw" {
  for_each = contains(local.tiers, "public") && contains(keys(var.transit_gateway_routes), "public") ? toset(local.zones) : toset([])

  route_table_id             = aws_route_table.public[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.transit_gateway_routes["public"])) ? null : var.transit_gateway_routes["public"]
  destination_prefix_list_id = can(regex("^pl-", var.transit_gateway_routes["public"])) ? var.transit_gateway_routes["public"] : null
  transit_gateway_id         = var.transit_gateway_id
}

resource "aws_route" "private_to_tgw" {
  for_each = toset([for subnet in local.private_subnets : subnet if contains(keys(var.transit_gateway_routes), split("/", subnet)[0])])

  route_table_id             = aws_route_table.private[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.transit_gateway_routes[split("/", each.key)[0]])) ? null : var.transit_gateway_routes[split("/", each.key)[0]]
  destination_prefix_list_id = can(regex("^pl-", var.transit_gateway_routes[split("/", each.key)[0]])) ? var.transit_gateway_routes[split("/", each.key)[0]] : null
  transit_gateway_id         = var.transit_gateway_id
}

resource "aws_route" "public_to_cwan" {
  for_each = contains(local.tiers, "public") && contains(keys(var.core_network_routes), "public") && local.core_is_there ? toset(local.zones) : toset([])

  route_table_id             = aws_route_table.public[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.core_network_routes["public"])) ? null : var.core_network_routes["public"]
  destination_prefix_list_id = can(regex("^pl-", var.core_network_routes["public"])) ? var.core_network_routes["public"] : null
  core_network_arn           = var.core_network.arn
}

resource "aws_route" "private_to_cwan" {
  for_each = { for subnet in toset([for subnet in local.private_subnets : subnet if contains(keys(var.core_network_routes), split("/", subnet)[0])]) : subnet => subnet if local.core_is_there }

  route_table_id             = aws_route_table.private[each.key].id
  destination_cidr_block     = can(regex("^pl-", var.core_network_routes[split("/", each.key)[0]])) ? null : var.core_network_routes[split("/", each.key)[0]]
  destination_prefix_list_id = can(regex("^pl-", var.core_network_routes[split("/", each.key)[0]])) ? var.core_network_routes[split("/", each.key)[0]] : null
  core_network_arn           = var.core_network.arn
}

resource "aws_route" "ipv6_public_to_tgw" {
  for_each = contains(local.tiers, "public") && contains(keys(var.transit_gateway_ipv6_routes), "public") ? toset(local.zones) : toset([])

  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.transit_gateway_ipv6_routes["public"])) ? null : var.transit_gateway_ipv6_routes["public"]
  destination_prefix_list_id  = can(regex("^pl-", var.transit_gateway_ipv6_routes["public"])) ? var.transit_gateway_ipv6_routes["public"] : null
  transit_gateway_id          = var.transit_gateway_id
}

resource "aws_route" "ipv6_private_to_tgw" {
  for_each = toset([for subnet in local.private_subnets : subnet if contains(keys(var.transit_gateway_ipv6_routes), split("/", subnet)[0])])

  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.transit_gateway_ipv6_routes[split("/", each.key)[0]])) ? null : var.transit_gateway_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = can(regex("^pl-", var.transit_gateway_ipv6_routes[split("/", each.key)[0]])) ? var.transit_gateway_ipv6_routes[split("/", each.key)[0]] : null
  transit_gateway_id          = var.transit_gateway_id
}

resource "aws_route" "ipv6_public_to_cwan" {
  for_each = contains(local.tiers, "public") && contains(keys(var.core_network_ipv6_routes), "public") && local.core_is_there ? toset(local.zones) : toset([])

  route_table_id              = aws_route_table.public[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.core_network_ipv6_routes["public"])) ? null : var.core_network_ipv6_routes["public"]
  destination_prefix_list_id  = can(regex("^pl-", var.core_network_ipv6_routes["public"])) ? var.core_network_ipv6_routes["public"] : null
  core_network_arn            = var.core_network.arn
}

resource "aws_route" "ipv6_private_to_cwan" {
  for_each = { for subnet in toset([for subnet in local.private_subnets : subnet if contains(keys(var.core_network_ipv6_routes), split("/", subnet)[0])]) : subnet => subnet if local.core_is_there }

  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = can(regex("^pl-", var.core_network_ipv6_routes[split("/", each.key)[0]])) ? null : var.core_network_ipv6_routes[split("/", each.key)[0]]
  destination_prefix_list_id  = can(regex("^pl-", var.core_network_ipv6_routes[split("/", each.key)[0]])) ? var.core_network_ipv6_routes[split("/", each.key)[0]] : null
  core_network_arn            = var.core_network.arn
}
