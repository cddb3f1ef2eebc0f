# The VPC, its blocks, and the ways out of it.

locals {
  exists = var.create_vpc && var.putin_khuylo

  # Subnets are made after the secondary blocks, so they name the VPC through those.
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")

  widest = max(local.private_size, local.public_size, local.elasticache_size, local.database_size, local.redshift_size)
  nats   = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest
}

resource "aws_vpc" "this" {
  count = local.exists ? 1 : 0

  region                           = var.region
  cidr_block                       = var.use_ipam_pool ? null : var.cidr
  ipv4_ipam_pool_id                = var.ipv4_ipam_pool_id
  ipv4_netmask_length              = var.ipv4_netmask_length
  assign_generated_ipv6_cidr_block = var.enable_ipv6 && !var.use_ipam_pool ? true : null
  ipv6_cidr_block                  = var.ipv6_cidr
  ipv6_ipam_pool_id                = var.ipv6_ipam_pool_id
  ipv6_netmask_length              = var.ipv6_netmask_length
  enable_dns_support               = var.enable_dns_support
  enable_dns_hostnames             = var.enable_dns_hostnames
  tags                             = merge({ "Name" = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count = local.exists && length(var.secondary_cidr_blocks) > 0 ? length(var.secondary_cidr_blocks) : 0

  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  cidr_block = element(var.secondary_cidr_blocks, count.index)
}

resource "aws_internet_gateway" "this" {
  count = local.has_public && var.create_igw ? 1 : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_egress_only_internet_gateway" "this" {
  count = local.exists && var.create_egress_only_igw && var.enable_ipv6 && local.widest > 0 ? 1 : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_nat_gateway" "this" {
  count = local.exists && var.enable_nat_gateway ? local.nats : 0

  region    = var.region
  subnet_id = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_vpn_gateway" "this" {
  count = local.exists && var.enable_vpn_gateway ? 1 : 0

  region = var.region
  vpc_id = local.vpc_id
}

resource "aws_vpn_gateway_attachment" "this" {
  count = var.vpn_gateway_id != "" ? 1 : 0

  region         = var.region
  vpc_id         = local.vpc_id
  vpn_gateway_id = var.vpn_gateway_id
}

resource "aws_vpc_dhcp_options" "this" {
  count = local.exists && var.enable_dhcp_options ? 1 : 0

  domain_name_servers = var.dhcp_options_domain_name_servers
}
