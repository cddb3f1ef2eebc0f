# What is looked up of both sides.

data "aws_caller_identity" "this" {
  provider = aws.this
}

data "aws_region" "this" {
  provider = aws.this
}

data "aws_caller_identity" "peer" {
  provider = aws.peer
}

data "aws_region" "peer" {
  provider = aws.peer
}

data "aws_vpc" "this_vpc" {
  provider = aws.this

  id = var.this_vpc_id
}

data "aws_subnet" "this" {
  count    = length(var.this_subnets_ids)
  provider = aws.this

  id = var.this_subnets_ids[count.index]
}

data "aws_vpc" "peer_vpc" {
  provider = aws.peer

  id = var.peer_vpc_id
}

data "aws_subnet" "peer" {
  count    = length(var.peer_subnets_ids)
  provider = aws.peer

  id = var.peer_subnets_ids[count.index]
}
