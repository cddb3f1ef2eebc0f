# The blocks of the subnets: those that are given, else parts of one block, the private ones first.

locals {
  bits = local.enabled ? ceil(log(local.private_reserved + local.public_reserved, 2)) : 1

  given_private_four = try(var.ipv4_cidrs[0].private, [])
  given_public_four  = try(var.ipv4_cidrs[0].public, [])
  divides_four       = local.has_four && (length(local.given_private_four) + length(local.given_public_four)) == 0
  given_private_six  = try(var.ipv6_cidrs[0].private, [])
  given_public_six   = try(var.ipv6_cidrs[0].public, [])
  divides_six        = local.has_six && (length(local.given_private_six) + length(local.given_public_six)) == 0

  asks_vpc = (local.divides_four && length(var.ipv4_cidr_block) == 0) || (local.divides_six && length(var.ipv6_cidr_block) == 0)
  four     = length(var.ipv4_cidr_block) > 0 ? var.ipv4_cidr_block[0] : (local.asks_vpc ? data.aws_vpc.default[0].cidr_block : "")
  six      = length(var.ipv6_cidr_block) > 0 ? var.ipv6_cidr_block[0] : (local.asks_vpc ? data.aws_vpc.default[0].ipv6_cidr_block : "")

  private_blocks_four = local.divides_four ? [for n in range(0, local.private_reserved) : cidrsubnet(local.four, local.bits, n)] : local.given_private_four
  public_blocks_four = local.divides_four ? [
    for n in range(local.private_reserved, local.private_reserved + local.public_reserved) : cidrsubnet(local.four, local.bits, n)
  ] : local.given_public_four
  private_blocks_six = local.divides_six ? [for n in range(0, local.private_reserved) : cidrsubnet(local.six, 8, n)] : local.given_private_six
  public_blocks_six = local.divides_six ? [
    for n in range(local.private_reserved, local.private_reserved + local.public_reserved) : cidrsubnet(local.six, 8, n)
  ] : local.given_public_six
}

resource "aws_subnet" "private" {
  count = local.has_private ? local.private_count : 0

  vpc_id            = var.vpc_id
  availability_zone = local.private_zones[count.index]
  cidr_block        = local.private_four ? local.private_blocks_four[count.index] : null
  ipv6_cidr_block   = local.private_six ? local.private_blocks_six[count.index] : null
}

resource "aws_subnet" "public" {
  count = local.has_public ? local.public_count : 0

  vpc_id            = var.vpc_id
  availability_zone = local.public_zones[count.index]
  cidr_block        = local.public_four ? element(local.public_blocks_four, count.index) : null
  ipv6_cidr_block   = local.public_six ? element(local.public_blocks_six, count.index) : null
}
