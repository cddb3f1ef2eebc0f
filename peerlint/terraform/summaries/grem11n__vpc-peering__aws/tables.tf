# The tables that get the routes: those that are given, else those of the given subnets, else all of the VPC.

data "aws_subnets" "this" {
  provider = aws.this

  filter {
    name   = "vpc-id"
    values = [var.this_vpc_id]
  }
}

data "aws_route_table" "this_main_route_table" {
  provider = aws.this

  vpc_id = var.this_vpc_id

  filter {
    name   = "association.main"
    values = ["true"]
  }
}

data "aws_route_tables" "this_all_route_tables" {
  provider = aws.this

  vpc_id = var.this_vpc_id
}

data "aws_route_tables" "this_associated_route_tables" {
  for_each = { for id in var.this_subnets_ids : id => id }
  provider = aws.this

  vpc_id = var.this_vpc_id

  filter {
    name   = "association.subnet-id"
    values = [each.key]
  }
}

locals {
  this_table_of = {
    for id in data.aws_subnets.this.ids :
    id => concat(try(data.aws_route_tables.this_associated_route_tables[id].ids, []), [data.aws_route_table.this_main_route_table.id])[0]
  }
  this_found_tables = (
    length(var.this_subnets_ids) == 0
    ? data.aws_route_tables.this_all_route_tables.ids
    : distinct([for id in var.this_subnets_ids : local.this_table_of[id]])
  )
  this_tables = length(var.this_rts_ids) == 0 ? local.this_found_tables : var.this_rts_ids
}

data "aws_subnets" "peer" {
  provider = aws.peer

  filter {
    name   = "vpc-id"
    values = [var.peer_vpc_id]
  }
}

data "aws_route_table" "peer_main_route_table" {
  provider = aws.peer

  vpc_id = var.peer_vpc_id

  filter {
    name   = "association.main"
    values = ["true"]
  }
}

data "aws_route_tables" "peer_all_route_tables" {
  provider = aws.peer

  vpc_id = var.peer_vpc_id
}

data "aws_route_tables" "peer_associated_route_tables" {
  for_each = { for id in var.peer_subnets_ids : id => id }
  provider = aws.peer

  vpc_id = var.peer_vpc_id

  filter {
    name   = "association.subnet-id"
    values = [each.key]
  }
}

locals {
  peer_table_of = {
    for id in data.aws_subnets.peer.ids :
    id => concat(try(data.aws_route_tables.peer_associated_route_tables[id].ids, []), [data.aws_route_table.peer_main_route_table.id])[0]
  }
  peer_found_tables = (
    length(var.peer_subnets_ids) == 0
    ? data.aws_route_tables.peer_all_route_tables.ids
    : distinct([for id in var.peer_subnets_ids : local.peer_table_of[id]])
  )
  peer_tables = length(var.peer_rts_ids) == 0 ? local.peer_found_tables : var.peer_rts_ids
}
