# A route for each table and IPv6 block of the other side.

locals {
  this_ipv6_pairs = [for pair in setproduct(local.this_tables, local.peer_ipv6_blocks) : { table = pair[0], block = pair[1] }]
  peer_ipv6_pairs = [for pair in setproduct(local.peer_tables, local.this_ipv6_blocks) : { table = pair[0], block = pair[1] }]
}

resource "aws_route" "this_ipv6_routes" {
  count    = var.from_this && !local.this_to_all && var.use_ipv6 ? length(local.this_ipv6_pairs) : 0
  provider = aws.this

  route_table_id              = local.this_ipv6_pairs[count.index].table
  destination_ipv6_cidr_block = local.this_ipv6_pairs[count.index].block
  vpc_peering_connection_id   = aws_vpc_peering_connection.this.id
}

resource "aws_route" "peer_ipv6_routes" {
  count    = var.from_peer && !local.peer_to_all && var.use_ipv6 ? length(local.peer_ipv6_pairs) : 0
  provider = aws.peer

  route_table_id              = local.peer_ipv6_pairs[count.index].table
  destination_ipv6_cidr_block = local.peer_ipv6_pairs[count.index].block
  vpc_peering_connection_id   = aws_vpc_peering_connection.this.id
}
