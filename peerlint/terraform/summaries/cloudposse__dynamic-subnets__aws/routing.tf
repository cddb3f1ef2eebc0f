# The tables of both tiers, and their routes that do not lead to a NAT.

locals {
  public_dns64  = local.public_six && var.public_dns64_nat64_enabled
  private_dns64 = local.private_six && (var.private_dns64_nat64_enabled == null ? local.public_four : var.private_dns64_nat64_enabled)

  routes_public  = local.has_public && var.public_route_table_enabled
  routes_private = local.has_private && var.private_route_table_enabled

  # The first of these that is not null.
  public_tables = coalesce(
    local.has_public ? null : 0,
    length(var.public_route_table_ids) == 0 ? null : length(var.public_route_table_ids),
    var.public_route_table_enabled ? null : 0,
    var.public_route_table_per_subnet_enabled == true ? local.public_count : null,
    var.public_route_table_per_subnet_enabled == false ? 1 : null,
    local.public_dns64 ? local.public_count : 1
  )
  own_public_tables = local.routes_public && length(var.public_route_table_ids) == 0
  public_table_ids  = local.own_public_tables ? aws_route_table.public[*].id : var.public_route_table_ids
  private_tables    = local.routes_private ? local.private_count : 0
  private_table_ids = local.routes_private ? aws_route_table.private[*].id : []
}

resource "aws_route_table" "public" {
  count = local.own_public_tables ? local.public_tables : 0

  vpc_id = var.vpc_id
}

resource "aws_route_table_association" "public" {
  count = local.routes_public ? local.public_count : 0

  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = element(local.public_table_ids, count.index)
}

resource "aws_route" "public" {
  count = local.public_four && length(var.igw_id) > 0 ? local.public_tables : 0

  route_table_id         = local.public_table_ids[count.index]
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = var.igw_id[0]
}

resource "aws_route" "public6" {
  count = local.public_six && length(var.igw_id) > 0 ? local.public_tables : 0

  route_table_id              = local.public_table_ids[count.index]
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = var.igw_id[0]
}

resource "aws_route_table" "private" {
  count = local.private_tables

  vpc_id = var.vpc_id
}

resource "aws_route_table_association" "private" {
  count = local.routes_private ? local.private_count : 0

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = element(local.private_table_ids, count.index)
}

resource "aws_route" "private6" {
  count = local.has_six && length(var.ipv6_egress_only_igw_id) > 0 ? local.private_tables : 0

  route_table_id              = local.private_table_ids[count.index]
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = var.ipv6_egress_only_igw_id[0]
}
