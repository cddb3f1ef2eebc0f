output "vpc_peering_id" {
  value = aws_vpc_peering_connection.this.id
}

output "aws_vpc_peering_connection" {
  value = aws_vpc_peering_connection.this
}

output "aws_vpc_peering_connection_accepter" {
  value = aws_vpc_peering_connection_accepter.peer_accepter
}

output "vpc_peering_accept_status" {
  value = aws_vpc_peering_connection_accepter.peer_accepter.accept_status
}

output "this_vpc_id" {
  value = aws_vpc_peering_connection_accepter.peer_accepter.peer_vpc_id
}

output "peer_vpc_id" {
  value = aws_vpc_peering_connection_accepter.peer_accepter.vpc_id
}

output "this_owner_id" {
  value = aws_vpc_peering_connection_accepter.peer_accepter.peer_owner_id
}

output "peer_owner_id" {
  value = data.aws_caller_identity.peer.account_id
}

output "peer_region" {
  value = aws_vpc_peering_connection_accepter.peer_accepter.peer_region
}

output "requester_routes" {
  value = tolist(aws_route.this_routes[*])
}

output "accepter_routes" {
  value = tolist(aws_route.peer_routes[*])
}
