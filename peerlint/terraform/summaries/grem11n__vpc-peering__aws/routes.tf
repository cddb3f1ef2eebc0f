# A route for each table and block of the other side: the main block or those of subnets, or all that are associated.

locals {
  this_to_all           = var.from_this && var.from_this_associated
  peer_to_all           = var.from_peer && var.from_peer_associated
  this_pairs            = [for pair in setproduct(local.this_tables, local.peer_blocks) : { table = pair[0], block = pair[1] }]
  this_associated_pairs = [for pair in setproduct(local.this_tables, toset([for association in data.aws_vpc.peer_vpc.cidr_block_associations : association.cidr_block])) : { table = pair[0], block = pair[1] }]
  peer_pairs            = [for pair in setproduct(local.peer_tables, local.this_blocks) : { table = pair[0], block = pair[1] }]
  peer_associated_pairs = [for pair in setproduct(local.peer_tables, toset([for association in data.aws_vpc.this_vpc.cidr_block_associations : association.cidr_block])) : { table = pair[0], block = pair[1] }]
}

resource "aws_route" "this_routes" {
  count    = var.from_this && !local.this_to_all ? length(local.this_pairs) : 0
  provider = aws.this

  route_table_id            = local.this_pairs[count.index].table
  destination_cidr_block    = local.this_pairs[count.index].block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}

resource "aws_route" "this_associated_routes" {
  count    = local.this_to_all ? length(local.this_associated_pairs) : 0
  provider = aws.this

  route_table_id            = local.this_associated_pairs[count.index].table
  destination_cidr_block    = local.this_associated_pairs[count.index].block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}

resource "aws_route" "peer_routes" {
  count    = var.from_peer && !local.peer_to_all ? length(local.peer_pairs) : 0
  provider = aws.peer

  route_table_id            = local.peer_pairs[count.index].table
  destination_cidr_block    = local.peer_pairs[count.index].block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}

resource "aws_route" "peer_associated_routes" {
  count    = local.peer_to_all ? length(local.peer_associated_pairs) : 0
  provider = aws.peer

  route_table_id            = local.peer_associated_pairs[count.index].table
  destination_cidr_block    = local.peer_associated_pairs[count.index].block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}
