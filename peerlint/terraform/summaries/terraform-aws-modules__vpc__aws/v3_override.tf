# In 3, the VPC's defaults are left alone and its names are off, unless they are asked for; subnets are counted by their IPv4 blocks.

variable "cidr" {
  default = "0.0.0.0/0"
}

variable "enable_dns_hostnames" {
  default = false
}

variable "default_vpc_enable_dns_hostnames" {
  default = false
}

variable "manage_default_security_group" {
  default = false
}

variable "manage_default_network_acl" {
  default = false
}

variable "manage_default_route_table" {
  default = false
}

locals {
  public_size      = length(var.public_subnets)
  private_size     = length(var.private_subnets)
  database_size    = length(var.database_subnets)
  redshift_size    = length(var.redshift_subnets)
  elasticache_size = length(var.elasticache_subnets)
  intra_size       = length(var.intra_subnets)
  outpost_size     = length(var.outpost_subnets)
  widest           = max(local.private_size, local.elasticache_size, local.database_size, local.redshift_size)
}

resource "aws_subnet" "private" {
  cidr_block = var.private_subnets[count.index]
}

resource "aws_subnet" "database" {
  cidr_block = var.database_subnets[count.index]
}

resource "aws_subnet" "redshift" {
  cidr_block = var.redshift_subnets[count.index]
}

resource "aws_subnet" "elasticache" {
  cidr_block = var.elasticache_subnets[count.index]
}

resource "aws_subnet" "intra" {
  cidr_block = var.intra_subnets[count.index]
}

resource "aws_subnet" "outpost" {
  cidr_block = var.outpost_subnets[count.index]
}

resource "aws_route_table" "private" {
  count = local.exists && local.widest > 0 ? local.nats : 0
}

resource "aws_route" "private_dns64_nat_gateway" {
  count = 0
}

resource "aws_route" "database_dns64_nat_gateway" {
  count = 0
}
