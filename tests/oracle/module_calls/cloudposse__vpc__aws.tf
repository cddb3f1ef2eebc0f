variable "unknown_flag" {
  type = bool
}

variable "unknown_list" {
  type = list(string)
}

variable "unknown_text" {
  type = string
}

data "aws_availability_zones" "available" {}

data "aws_vpc" "shared" {
  tags = { Name = "shared" }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "paris"
  region = "eu-west-3"
}

resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
}

module "bare" {
}

module "usual" {
  namespace               = "eg"
  stage                   = "test"
  name                    = "app"
  ipv4_primary_cidr_block = "10.0.0.0/16"
}

module "additional" {
  name                    = "app"
  ipv4_primary_cidr_block = "172.16.0.0/16"
  ipv4_additional_cidr_block_associations = {
    "172.22.0.0/16" = {
      ipv4_cidr_block     = "172.22.0.0/16"
      ipv4_ipam_pool_id   = null
      ipv4_netmask_length = null
    }
  }
  ipv6_egress_only_internet_gateway_enabled = true
}

module "disabled" {
  enabled                 = false
  ipv4_primary_cidr_block = "10.0.0.0/16"
}

module "perhaps" {
  enabled                 = var.unknown_flag
  name                    = "app"
  ipv4_primary_cidr_block = "10.0.0.0/16"
}

module "ipam" {
  ipv4_primary_cidr_block_association = {
    ipv4_ipam_pool_id   = "ipam-pool-0123456789abcdef0"
    ipv4_netmask_length = 16
  }
  ipv6_primary_cidr_block_association = {
    ipv6_cidr_block     = null
    ipv6_ipam_pool_id   = "ipam-pool-0fedcba9876543210"
    ipv6_netmask_length = 56
  }
  assign_generated_ipv6_cidr_block = false
}

module "more_from_ipam" {
  ipv4_primary_cidr_block = "10.0.0.0/16"
  ipv4_additional_cidr_block_associations = {
    more = {
      ipv4_cidr_block     = null
      ipv4_ipam_pool_id   = "ipam-pool-0123456789abcdef0"
      ipv4_netmask_length = 18
    }
  }
  ipv6_additional_cidr_block_associations = {
    more = {
      ipv6_cidr_block     = null
      ipv6_ipam_pool_id   = "ipam-pool-0fedcba9876543210"
      ipv6_netmask_length = 56
    }
  }
}

module "dns_off" {
  ipv4_primary_cidr_block = "10.0.0.0/16"
  dns_hostnames_enabled   = false
  dns_support_enabled     = false
}

module "dns_unknown" {
  ipv4_primary_cidr_block = "10.0.0.0/16"
  dns_hostnames_enabled   = var.unknown_flag
}

module "locked" {
  ipv4_primary_cidr_block       = "10.0.0.0/16"
  default_route_table_no_routes = true
  default_network_acl_deny_all  = true
}

module "open" {
  ipv4_primary_cidr_block         = "10.0.0.0/16"
  default_security_group_deny_all = false
  internet_gateway_enabled        = false
}

module "unknown_block" {
  name                    = var.unknown_text
  ipv4_primary_cidr_block = var.unknown_text
}

module "unknown_blocks" {
  ipv4_primary_cidr_block = "10.0.0.0/16"
  ipv4_additional_cidr_block_associations = {
    for block in var.unknown_list : block => { ipv4_cidr_block = block, ipv4_ipam_pool_id = null, ipv4_netmask_length = null }
  }
}

module "each" {
  for_each = toset(["blue", "green"])

  name                    = each.key
  ipv4_primary_cidr_block = each.key == "blue" ? "10.1.0.0/16" : "10.2.0.0/16"
}

module "counted" {
  count = var.unknown_flag ? 2 : 0

  ipv4_primary_cidr_block = cidrsubnet("10.0.0.0/8", 8, count.index)
}

module "elsewhere" {
  providers = { aws = aws.paris }

  ipv4_primary_cidr_block = "10.3.0.0/16"
  tags                    = { Name = "other" }
}
