# The connection, its acceptance, and the options of each side.

resource "aws_vpc_peering_connection" "requester" {
  count    = local.enabled ? 1 : 0
  provider = aws.requester

  vpc_id        = local.requester_vpc_id
  peer_vpc_id   = local.accepter_vpc_id
  peer_owner_id = join("", data.aws_caller_identity.accepter[*].account_id)
  peer_region   = join("", data.aws_region.accepter[*].name)
  auto_accept   = false
}

resource "aws_vpc_peering_connection_accepter" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter

  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
  auto_accept               = var.auto_accept
}

locals {
  # Options can only be set once the connection is accepted.
  accepted = local.accepter_enabled ? join("", aws_vpc_peering_connection_accepter.accepter[*].id) : null
}

resource "aws_vpc_peering_connection_options" "requester" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.requester

  vpc_peering_connection_id = local.accepted

  requester {
    allow_remote_vpc_dns_resolution = var.requester_allow_remote_vpc_dns_resolution
  }
}

resource "aws_vpc_peering_connection_options" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter

  vpc_peering_connection_id = local.accepted

  accepter {
    allow_remote_vpc_dns_resolution = var.accepter_allow_remote_vpc_dns_resolution
  }
}
