output "requester_connection_id" {
  value = join("", aws_vpc_peering_connection.requester[*].id)
}

output "requester_accept_status" {
  value = join("", aws_vpc_peering_connection.requester[*].accept_status)
}

output "accepter_connection_id" {
  value = join("", aws_vpc_peering_connection_accepter.accepter[*].id)
}

output "accepter_accept_status" {
  value = join("", aws_vpc_peering_connection_accepter.accepter[*].accept_status)
}

output "accepter_subnet_route_table_map" {
  value = local.tables_by_subnet
}
