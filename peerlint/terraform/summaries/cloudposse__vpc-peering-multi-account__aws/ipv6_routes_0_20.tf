# A route to each block of the other side in each table.

resource "aws_route" "requester_ipv6" {
  count    = local.enabled ? length(local.requester_tables) * length(local.accepter_ipv6_associations) : 0
  provider = aws.requester

  route_table_id              = local.requester_tables[floor(count.index / length(local.accepter_ipv6_associations))]
  destination_ipv6_cidr_block = local.accepter_ipv6_associations[count.index % length(local.accepter_ipv6_associations)]["cidr_block"]
  vpc_peering_connection_id   = join("", aws_vpc_peering_connection.requester[*].id)
}

resource "aws_route" "accepter_ipv6" {
  count    = local.enabled ? length(local.accepter_tables) * length(local.requester_ipv6_associations) : 0
  provider = aws.accepter

  route_table_id              = local.accepter_tables[floor(count.index / length(local.requester_ipv6_associations))]
  destination_ipv6_cidr_block = local.requester_ipv6_associations[count.index % length(local.requester_ipv6_associations)]["cidr_block"]
  vpc_peering_connection_id   = join("", aws_vpc_peering_connection.requester[*].id)
}
