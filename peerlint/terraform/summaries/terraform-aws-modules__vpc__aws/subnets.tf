# The seven tiers of subnets.

locals {
  public_size      = max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes))
  private_size     = max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes))
  database_size    = max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes))
  redshift_size    = max(length(var.redshift_subnets), length(var.redshift_subnet_ipv6_prefixes))
  elasticache_size = max(length(var.elasticache_subnets), length(var.elasticache_subnet_ipv6_prefixes))
  intra_size       = max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes))
  outpost_size     = max(length(var.outpost_subnets), length(var.outpost_subnet_ipv6_prefixes))

  has_public      = local.exists && local.public_size > 0
  has_private     = local.exists && local.private_size > 0
  has_database    = local.exists && local.database_size > 0
  has_redshift    = local.exists && local.redshift_size > 0
  has_elasticache = local.exists && local.elasticache_size > 0
  has_intra       = local.exists && local.intra_size > 0
  has_outpost     = local.exists && local.outpost_size > 0
}

resource "aws_subnet" "public" {
  count = local.has_public && (!var.one_nat_gateway_per_az || local.public_size >= length(var.azs)) ? local.public_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.public_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.public_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "private" {
  count = local.has_private ? local.private_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.private_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.private_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "database" {
  count = local.has_database ? local.database_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.database_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.database_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "redshift" {
  count = local.has_redshift ? local.redshift_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.redshift_subnet_ipv6_native ? null : element(concat(var.redshift_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.redshift_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.redshift_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "elasticache" {
  count = local.has_elasticache ? local.elasticache_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.elasticache_subnet_ipv6_native ? null : element(concat(var.elasticache_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.elasticache_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.elasticache_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "intra" {
  count = local.has_intra ? local.intra_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = length(regexall("^[a-z]{2}-", element(var.azs, count.index))) > 0 ? element(var.azs, count.index) : null
  cidr_block        = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.intra_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.intra_subnet_ipv6_prefixes[count.index])
    : null
  )
}

resource "aws_subnet" "outpost" {
  count = local.has_outpost ? local.outpost_size : 0

  region            = var.region
  vpc_id            = local.vpc_id
  availability_zone = var.outpost_az
  cidr_block        = var.outpost_subnet_ipv6_native ? null : element(concat(var.outpost_subnets, [""]), count.index)
  ipv6_cidr_block = (
    var.enable_ipv6 && length(var.outpost_subnet_ipv6_prefixes) > 0
    ? cidrsubnet(aws_vpc.this[0].ipv6_cidr_block, 8, var.outpost_subnet_ipv6_prefixes[count.index])
    : null
  )
}
