# The VPC, or the one that exists, and its gateways.

data "aws_availability_zones" "current" {
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }

  dynamic "filter" {
    for_each = var.azs != null ? ["chosen"] : []
    content {
      name   = "zone-name"
      values = var.azs
    }
  }
}

data "aws_vpc" "main" {
  count = var.create_vpc ? 0 : 1

  id = var.vpc_id
}

locals {
  vpc   = var.create_vpc ? aws_vpc.main[0] : data.aws_vpc.main[0]
  block = var.cidr_block == null ? local.vpc.cidr_block : var.cidr_block

  # Which zones there are is only known once they are looked up.
  zones = var.az_count != null ? slice(data.aws_availability_zones.current.names, 0, var.az_count) : data.aws_availability_zones.current.names
}

resource "aws_vpc" "main" {
  count = var.create_vpc ? 1 : 0

  cidr_block                       = var.cidr_block
  ipv4_ipam_pool_id                = var.vpc_ipv4_ipam_pool_id
  ipv4_netmask_length              = var.vpc_ipv4_netmask_length
  assign_generated_ipv6_cidr_block = var.vpc_assign_generated_ipv6_cidr_block
  ipv6_cidr_block                  = var.vpc_ipv6_cidr_block
  ipv6_ipam_pool_id                = var.vpc_ipv6_ipam_pool_id
  ipv6_netmask_length              = var.vpc_ipv6_netmask_length
  enable_dns_support               = var.vpc_enable_dns_support
  enable_dns_hostnames             = var.vpc_enable_dns_hostnames
  tags                             = merge({ "Name" = var.name }, var.tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "secondary" {
  count = var.vpc_secondary_cidr && !var.create_vpc ? 1 : 0

  vpc_id            = var.vpc_id
  cidr_block        = local.block
  ipv4_ipam_pool_id = var.vpc_ipv4_ipam_pool_id
}

resource "aws_internet_gateway" "main" {
  count = contains(local.tiers, "public") ? 1 : 0

  vpc_id = local.vpc.id
}

resource "aws_egress_only_internet_gateway" "eigw" {
  count = var.vpc_egress_only_internet_gateway ? 1 : 0

  vpc_id = local.vpc.id
}

resource "aws_nat_gateway" "main" {
  for_each = toset(local.nat_zones)

  subnet_id = aws_subnet.public[each.key].id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "tgw" {
  count = contains(local.tiers, "transit_gateway") ? 1 : 0

  vpc_id                             = local.vpc.id
  transit_gateway_id                 = var.transit_gateway_id
  security_group_referencing_support = try(var.subnets.transit_gateway.transit_gateway_security_group_referencing_support, "enable")
}
