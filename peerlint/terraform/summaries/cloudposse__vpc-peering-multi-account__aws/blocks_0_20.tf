# Up to 0.20, routes lead to the blocks of the whole VPC.

locals {
  accepter_subnet_ids = local.accepter_enabled ? data.aws_subnets.accepter[0].ids : []

  requester_associations = flatten(data.aws_vpc.requester[*].cidr_block_associations)
  accepter_associations  = flatten(data.aws_vpc.accepter[*].cidr_block_associations)
}
