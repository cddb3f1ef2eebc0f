# Route tables, which subnets they are for, and the routes in them.

locals {
  public_tables = var.create_multiple_public_route_tables ? local.public_size : 1
  intra_tables  = var.create_multiple_intra_route_tables ? local.intra_size : 1

  own_database_tables   = local.has_database && var.create_database_subnet_route_table
  own_redshift_table    = local.has_redshift && var.create_redshift_subnet_route_table
  own_elasticache_table = local.has_elasticache && var.create_elasticache_subnet_route_table
  database_through_igw  = local.own_database_tables && var.create_igw && var.create_database_internet_gateway_route
  database_through_nat  = local.own_database_tables && !var.create_database_internet_gateway_route && var.create_database_nat_gateway_route && var.enable_nat_gateway
  propagates            = var.enable_vpn_gateway || var.vpn_gateway_id != ""
  public_table_ids      = aws_route_table.public[*].id
  private_table_ids     = aws_route_table.private[*].id
  redshift_table_ids    = aws_route_table.redshift[*].id
  propagating_vpn       = concat(aws_vpn_gateway.this[*].id, aws_vpn_gateway_attachment.this[*].vpn_gateway_id)
}

resource "aws_route_table" "public" {
  count = local.has_public ? local.public_tables : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "public" {
  count = local.has_public ? local.public_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_route" "public_internet_gateway" {
  count = local.has_public && var.create_igw ? local.public_tables : 0

  region                 = var.region
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count = local.has_public && var.create_igw && var.enable_ipv6 ? local.public_tables : 0

  region                      = var.region
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_route_table" "private" {
  count = local.has_private && local.widest > 0 ? local.nats : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "private" {
  count = local.has_private ? local.private_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route" "private_nat_gateway" {
  count = local.exists && var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.nats : 0

  region                 = var.region
  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_dns64_nat_gateway" {
  count = local.exists && var.enable_nat_gateway && var.enable_ipv6 && var.private_subnet_enable_dns64 ? local.nats : 0

  region                      = var.region
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "private_ipv6_egress" {
  count = local.exists && var.create_egress_only_igw && var.enable_ipv6 && local.has_private ? local.nats : 0

  region                      = var.region
  route_table_id              = element(aws_route_table.private[*].id, count.index)
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = element(aws_egress_only_internet_gateway.this[*].id, 0)
}

resource "aws_route_table" "database" {
  count = local.own_database_tables ? var.single_nat_gateway || var.create_database_internet_gateway_route ? 1 : local.database_size : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "database" {
  count = local.has_database ? local.database_size : 0

  region    = var.region
  subnet_id = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(
    coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id),
    var.create_database_subnet_route_table && (var.single_nat_gateway || var.create_database_internet_gateway_route) ? 0 : count.index,
  )
}

resource "aws_route" "database_internet_gateway" {
  count = local.database_through_igw && !var.create_database_nat_gateway_route ? 1 : 0

  region                 = var.region
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "database_nat_gateway" {
  count = local.database_through_nat ? var.single_nat_gateway ? 1 : local.database_size : 0

  region                 = var.region
  route_table_id         = element(aws_route_table.database[*].id, count.index)
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_dns64_nat_gateway" {
  count = local.database_through_nat && var.enable_ipv6 && var.private_subnet_enable_dns64 ? var.single_nat_gateway ? 1 : local.database_size : 0

  region                      = var.region
  route_table_id              = element(aws_route_table.database[*].id, count.index)
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route" "database_ipv6_egress" {
  count = local.own_database_tables && var.create_egress_only_igw && var.enable_ipv6 && var.create_database_internet_gateway_route ? 1 : 0

  region                      = var.region
  route_table_id              = aws_route_table.database[0].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_route_table" "redshift" {
  count = local.own_redshift_table ? 1 : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "redshift" {
  count = local.has_redshift && !var.enable_public_redshift ? local.redshift_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table_association" "redshift_public" {
  count = local.has_redshift && var.enable_public_redshift ? local.redshift_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.redshift[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.redshift[*].id, aws_route_table.public[*].id), var.single_nat_gateway || var.create_redshift_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table" "elasticache" {
  count = local.own_elasticache_table ? 1 : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "elasticache" {
  count = local.has_elasticache ? local.elasticache_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.elasticache[*].id, count.index)
  route_table_id = element(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), var.single_nat_gateway || var.create_elasticache_subnet_route_table ? 0 : count.index)
}

resource "aws_route_table" "intra" {
  count = local.has_intra ? local.intra_tables : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_route_table_association" "intra" {
  count = local.has_intra ? local.intra_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_route_table_association" "outpost" {
  count = local.has_outpost ? local.outpost_size : 0

  region         = var.region
  subnet_id      = element(aws_subnet.outpost[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_vpn_gateway_route_propagation" "public" {
  count = local.exists && var.propagate_public_route_tables_vgw && local.propagates ? 1 : 0

  region         = var.region
  route_table_id = element(aws_route_table.public[*].id, count.index)
  vpn_gateway_id = element(local.propagating_vpn, count.index)
}

resource "aws_vpn_gateway_route_propagation" "private" {
  count = local.exists && var.propagate_private_route_tables_vgw && local.propagates ? local.private_size : 0

  region         = var.region
  route_table_id = element(aws_route_table.private[*].id, count.index)
  vpn_gateway_id = element(local.propagating_vpn, count.index)
}

resource "aws_vpn_gateway_route_propagation" "intra" {
  count = local.exists && var.propagate_intra_route_tables_vgw && local.propagates ? local.intra_size : 0

  region         = var.region
  route_table_id = element(aws_route_table.intra[*].id, count.index)
  vpn_gateway_id = element(local.propagating_vpn, count.index)
}
