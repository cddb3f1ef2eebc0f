# A route to each block of the other side in each table.

resource "aws_route" "requester" {
  count    = local.enabled ? length(local.requester_tables) * length(local.accepter_blocks) : 0
  provider = aws.requester

  route_table_id            = local.requester_tables[floor(count.index / length(local.accepter_blocks))]
  destination_cidr_block    = local.accepter_blocks[count.index % length(local.accepter_blocks)]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
}

resource "aws_route" "accepter" {
  count    = local.enabled ? length(local.accepter_tables) * length(local.requester_blocks) : 0
  provider = aws.accepter

  route_table_id            = local.accepter_tables[floor(count.index / length(local.requester_blocks))]
  destination_cidr_block    = local.requester_blocks[count.index % length(local.requester_blocks)]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
}

resource "aws_route" "requester_ipv6" {
  count    = local.enabled ? length(local.requester_tables) * length(local.accepter_ipv6_blocks) : 0
  provider = aws.requester

  route_table_id              = local.requester_tables[floor(count.index / length(local.accepter_ipv6_blocks))]
  destination_ipv6_cidr_block = local.accepter_ipv6_blocks[count.index % length(local.accepter_ipv6_blocks)]
  vpc_peering_connection_id   = join("", aws_vpc_peering_connection.requester[*].id)
}

resource "aws_route" "accepter_ipv6" {
  count    = local.enabled ? length(local.accepter_tables) * length(local.requester_ipv6_blocks) : 0
  provider = aws.accepter

  route_table_id              = local.accepter_tables[floor(count.index / length(local.requester_ipv6_blocks))]
  destination_ipv6_cidr_block = local.requester_ipv6_blocks[count.index % length(local.requester_ipv6_blocks)]
  vpc_peering_connection_id   = join("", aws_vpc_peering_connection.requester[*].id)
}
