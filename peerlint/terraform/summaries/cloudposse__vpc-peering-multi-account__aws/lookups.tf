# What is looked up of the two sides: the VPC, its subnets by their tags, and the tables of those.

locals {
  enabled          = module.this.enabled
  accepter_enabled = local.enabled && var.accepter_enabled
}

data "aws_vpc" "requester" {
  count    = local.enabled ? 1 : 0
  provider = aws.requester

  id   = var.requester_vpc_id
  tags = var.requester_vpc_tags
}

data "aws_subnets" "requester" {
  count    = local.enabled ? 1 : 0
  provider = aws.requester

  tags = var.requester_subnet_tags

  filter {
    name   = "vpc-id"
    values = [local.requester_vpc_id]
  }
}

data "aws_vpc" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter

  id   = var.accepter_vpc_id
  tags = var.accepter_vpc_tags
}

data "aws_subnets" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter

  tags = var.accepter_subnet_tags

  filter {
    name   = "vpc-id"
    values = [local.accepter_vpc_id]
  }
}

data "aws_caller_identity" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter
}

data "aws_region" "accepter" {
  count    = local.accepter_enabled ? 1 : 0
  provider = aws.accepter
}

data "aws_route_table" "requester" {
  count    = local.enabled ? length(local.requester_subnet_ids) : 0
  provider = aws.requester

  subnet_id = element(local.requester_subnet_ids, count.index)
}

data "aws_route_tables" "accepter" {
  for_each = toset(local.accepter_subnet_ids)
  provider = aws.accepter

  vpc_id = local.accepter_vpc_id

  filter {
    name   = "association.subnet-id"
    values = [each.key]
  }
}

data "aws_route_tables" "default_rts" {
  count    = local.enabled ? 1 : 0
  provider = aws.accepter

  vpc_id = local.accepter_vpc_id

  filter {
    name   = "association.main"
    values = ["true"]
  }
}

locals {
  requester_vpc_id     = join("", data.aws_vpc.requester[*].id)
  accepter_vpc_id      = join("", data.aws_vpc.accepter[*].id)
  requester_subnet_ids = try(distinct(sort(flatten(data.aws_subnets.requester[*].ids))), [])

  # A subnet without a table of its own is in the main one.
  main_table       = join("", flatten(data.aws_route_tables.default_rts[*].ids))
  tables_by_subnet = { for id in local.accepter_subnet_ids : id => try(data.aws_route_tables.accepter[id].ids[0], local.main_table) }
  requester_tables = try(distinct(sort(data.aws_route_table.requester[*].route_table_id)), [])
  accepter_tables  = distinct(sort(values(local.tables_by_subnet)))
}
