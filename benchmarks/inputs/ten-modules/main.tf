terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region
}

locals {
  vpcs  = merge({ hub = var.hub_cidr }, var.spokes)
  zones = ["${var.region}a", "${var.region}b", "${var.region}c"]
}

module "vpc" {
  source   = "./modules/vpc"
  for_each = local.vpcs

  name       = "${var.environment}-${each.key}"
  cidr_block = each.value
}

module "subnets" {
  source   = "./modules/subnets"
  for_each = local.vpcs

  vpc_id     = module.vpc[each.key].id
  cidr_block = module.vpc[each.key].cidr_block
  zones      = local.zones
}

module "tables" {
  source   = "./modules/tables"
  for_each = local.vpcs

  vpc_id     = module.vpc[each.key].id
  subnet_ids = module.subnets[each.key].ids
}

module "peering" {
  source   = "./modules/peering"
  for_each = var.spokes

  name             = "hub-${each.key}"
  requester_vpc_id = module.vpc["hub"].id
  accepter_vpc_id  = module.vpc[each.key].id
}

module "routes" {
  source   = "./modules/routes"
  for_each = var.spokes

  peering_id                = module.peering[each.key].id
  requester_route_table_ids = module.tables["hub"].ids
  requester_cidr_block      = module.vpc["hub"].cidr_block
  accepter_route_table_ids  = module.tables[each.key].ids
  accepter_cidr_block       = module.vpc[each.key].cidr_block
}

module "shared_services" {
  source = "./modules/security-group"

  name   = "shared-services"
  vpc_id = module.vpc["hub"].id
  ports  = [443, 8443, 9090]
  cidrs  = [for spoke in var.spokes : spoke]
}

module "databases" {
  source   = "./modules/security-group"
  for_each = var.spokes

  name   = "databases"
  vpc_id = module.vpc[each.key].id
  ports  = [5432]
  cidrs  = [module.vpc["hub"].cidr_block]
}

module "acl" {
  source   = "./modules/network-acl"
  for_each = local.vpcs

  vpc_id     = module.vpc[each.key].id
  subnet_ids = module.subnets[each.key].ids
  allowed    = values(local.vpcs)
}

module "zone" {
  source = "./modules/private-zone"

  name    = "${var.environment}.example.internal"
  vpc_ids = { for name, vpc in module.vpc : name => vpc.id }
}

module "egress" {
  source = "./modules/egress"

  vpc_id          = module.vpc["hub"].id
  subnet_id       = module.subnets["hub"].ids[0]
  route_table_ids = module.tables["hub"].ids
}

module "flow_logs" {
  source   = "./modules/flow-logs"
  for_each = local.vpcs

  name   = "${var.environment}-${each.key}"
  vpc_id = module.vpc[each.key].id
}
