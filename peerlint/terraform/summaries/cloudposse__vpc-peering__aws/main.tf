# A connection between two VPCs of one account and Region, which are looked up, and a route to each block of the other
# one in all of their tables that the tags select.

data "aws_vpc" "requestor" {
  count = module.this.enabled ? 1 : 0

  id   = var.requestor_vpc_id
  tags = var.requestor_vpc_tags
}

data "aws_vpc" "acceptor" {
  count = module.this.enabled ? 1 : 0

  id   = var.acceptor_vpc_id
  tags = var.acceptor_vpc_tags
}

data "aws_route_tables" "requestor" {
  count = module.this.enabled ? 1 : 0

  vpc_id = join("", data.aws_vpc.requestor[*].id)
  tags   = var.requestor_route_table_tags
}

data "aws_route_tables" "acceptor" {
  count = module.this.enabled ? 1 : 0

  vpc_id = join("", data.aws_vpc.acceptor[*].id)
  tags   = var.acceptor_route_table_tags
}

locals {
  requestor_blocks = module.this.enabled ? tolist(setsubtract(
    [for block in data.aws_vpc.requestor[0].cidr_block_associations : block.cidr_block], var.requestor_ignore_cidrs
  )) : []
  acceptor_blocks = module.this.enabled ? tolist(setsubtract(
    [for block in data.aws_vpc.acceptor[0].cidr_block_associations : block.cidr_block], var.acceptor_ignore_cidrs
  )) : []
}

resource "aws_vpc_peering_connection" "default" {
  count = module.this.enabled ? 1 : 0

  vpc_id      = join("", data.aws_vpc.requestor[*].id)
  peer_vpc_id = join("", data.aws_vpc.acceptor[*].id)
  auto_accept = var.auto_accept
  tags        = module.this.tags

  requester {
    allow_remote_vpc_dns_resolution = var.requestor_allow_remote_vpc_dns_resolution
  }

  accepter {
    allow_remote_vpc_dns_resolution = var.acceptor_allow_remote_vpc_dns_resolution
  }
}

resource "aws_route" "requestor" {
  count = module.this.enabled ? length(distinct(sort(data.aws_route_tables.requestor[0].ids))) * length(local.acceptor_blocks) : 0

  route_table_id            = element(distinct(sort(data.aws_route_tables.requestor[0].ids)), ceil(count.index / length(local.acceptor_blocks)))
  destination_cidr_block    = local.acceptor_blocks[count.index % length(local.acceptor_blocks)]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.default[*].id)
}

resource "aws_route" "acceptor" {
  count = module.this.enabled ? length(distinct(sort(data.aws_route_tables.acceptor[0].ids))) * length(local.requestor_blocks) : 0

  route_table_id            = element(distinct(sort(data.aws_route_tables.acceptor[0].ids)), ceil(count.index / length(local.requestor_blocks)))
  destination_cidr_block    = local.requestor_blocks[count.index % length(local.requestor_blocks)]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.default[*].id)
}
