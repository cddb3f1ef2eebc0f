# A route to each block of the other side in each table.

resource "aws_route" "requester" {
  count    = local.enabled ? length(local.requester_tables) * length(local.accepter_associations) : 0
  provider = aws.requester

  route_table_id            = local.requester_tables[floor(count.index / length(local.accepter_associations))]
  destination_cidr_block    = local.accepter_associations[count.index % length(local.accepter_associations)]["cidr_block"]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
}

resource "aws_route" "accepter" {
  count    = local.enabled ? length(local.accepter_tables) * length(local.requester_associations) : 0
  provider = aws.accepter

  route_table_id            = local.accepter_tables[floor(count.index / length(local.requester_associations))]
  destination_cidr_block    = local.requester_associations[count.index % length(local.requester_associations)]["cidr_block"]
  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
}
