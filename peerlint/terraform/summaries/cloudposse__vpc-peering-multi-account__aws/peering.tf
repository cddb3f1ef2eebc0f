# The connection, its acceptance, and the options of each side.

resource "aws_vpc_peering_connection" "requester" {
  count    = local.enabled ? 1 : 0
  provider = aws.requester

  vpc_id        = local.requester_vpc_id
  peer_vpc_id   = local.accepter_vpc_id
  peer_owner_id = join("", data.aws_caller_identity.accepter[*].account_id)
  peer_region   = join("", data.aws_region.accepter[*].name)
  auto_accept   = false
  tags          = module.requester.tags
}

resource "aws_vpc_peering_connection_accepter" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter

  vpc_peering_connection_id = join("", aws_vpc_peering_connection.requester[*].id)
  auto_accept               = var.auto_accept
  tags                      = module.accepter.tags
}

# Each side is labelled as one, unless that is not wanted.

module "requester" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  attributes = var.add_attribute_tag ? ["requester"] : []
  tags       = var.add_attribute_tag ? { Side = "requester" } : {}
  context    = module.this.context
}

module "accepter" {
  source  = "cloudposse/label/null"
  version = "0.25.0"

  enabled    = local.accepter_enabled
  attributes = var.add_attribute_tag ? ["accepter"] : []
  tags       = var.add_attribute_tag ? { Side = "accepter" } : {}
  context    = module.this.context
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
