# The tables that get the routes: those that are given, else those of the given subnets, else all of the VPC.

data "aws_route_tables" "this_vpc_rts" {
  provider = aws.this

  vpc_id = var.this_vpc_id
}

data "aws_route_table" "this_subnet_rts" {
  count    = length(var.this_subnets_ids)
  provider = aws.this

  subnet_id = var.this_subnets_ids[count.index]
}

locals {
  this_found_tables = (
    length(var.this_subnets_ids) == 0
    ? data.aws_route_tables.this_vpc_rts.ids
    : data.aws_route_table.this_subnet_rts[*].route_table_id
  )
  this_tables = length(var.this_rts_ids) == 0 ? local.this_found_tables : var.this_rts_ids
}

data "aws_route_tables" "peer_vpc_rts" {
  provider = aws.peer

  vpc_id = var.peer_vpc_id
}

data "aws_route_table" "peer_subnet_rts" {
  count    = length(var.peer_subnets_ids)
  provider = aws.peer

  subnet_id = var.peer_subnets_ids[count.index]
}

locals {
  peer_found_tables = (
    length(var.peer_subnets_ids) == 0
    ? data.aws_route_tables.peer_vpc_rts.ids
    : data.aws_route_table.peer_subnet_rts[*].route_table_id
  )
  peer_tables = length(var.peer_rts_ids) == 0 ? local.peer_found_tables : var.peer_rts_ids
}
