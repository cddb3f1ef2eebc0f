# The blocks to which routes lead: those of the selected subnets, or, without tags for them, of the whole VPC.

data "aws_subnet" "requester" {
  for_each = toset(flatten(data.aws_subnets.requester[*].ids))
  provider = aws.requester

  id = each.value
}

data "aws_subnet" "accepter" {
  for_each = toset(flatten(data.aws_subnets.accepter[*].ids))
  provider = aws.accepter

  id = each.value
}

locals {
  accepter_subnet_ids = local.accepter_enabled ? try(data.aws_subnets.accepter[0].ids, []) : []

  requester_blocks = (
    length(var.requester_subnet_tags) > 0
    ? compact([for subnet in data.aws_subnet.requester : subnet.cidr_block])
    : flatten(data.aws_vpc.requester[*].cidr_block_associations[*].cidr_block)
  )
  requester_ipv6_blocks = (
    length(var.requester_subnet_tags) > 0
    ? compact([for subnet in data.aws_subnet.requester : subnet.ipv6_cidr_block])
    : compact([for vpc in data.aws_vpc.requester : vpc.ipv6_cidr_block])
  )
  accepter_blocks = (
    length(var.accepter_subnet_tags) > 0
    ? compact([for subnet in data.aws_subnet.accepter : subnet.cidr_block])
    : flatten(data.aws_vpc.accepter[*].cidr_block_associations[*].cidr_block)
  )
  accepter_ipv6_blocks = (
    length(var.accepter_subnet_tags) > 0
    ? compact([for subnet in data.aws_subnet.accepter : subnet.ipv6_cidr_block])
    : compact([for vpc in data.aws_vpc.accepter : vpc.ipv6_cidr_block])
  )
}
