# 0.20.1 is the first with routes for IPv6.

locals {
  requester_ipv6_associations = flatten(
    length(data.aws_vpc.requester[*].ipv6_cidr_block) > 0 ? [for vpc in data.aws_vpc.requester : { cidr_block = vpc.ipv6_cidr_block }] : []
  )
  accepter_ipv6_associations = flatten(
    length(data.aws_vpc.accepter[*].ipv6_cidr_block) > 0 ? [for vpc in data.aws_vpc.accepter : { cidr_block = vpc.ipv6_cidr_block }] : []
  )
}
