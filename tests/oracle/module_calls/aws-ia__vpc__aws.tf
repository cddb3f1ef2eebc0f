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

module "public_and_private" {
  name       = "shop"
  cidr_block = "10.0.0.0/20"
  az_count   = 2
  subnets = {
    public  = { netmask = 24, nat_gateway_configuration = "single_az" }
    private = { netmask = 24, connect_to_public_natgw = true }
  }
}

module "all_nats" {
  name       = "shop"
  cidr_block = "10.0.0.0/20"
  azs        = ["eu-west-1a", "eu-west-1b"]
  subnets = {
    public = { netmask = 24, nat_gateway_configuration = "all_azs" }
    app    = { netmask = 24, connect_to_public_natgw = true }
    data   = { netmask = 26 }
  }
  tags = { Team = "net" }
}

module "private_only" {
  name       = "shop"
  cidr_block = "10.0.0.0/20"
  az_count   = 3
  subnets = {
    private = { netmask = 24 }
  }
}

module "written_blocks" {
  name       = "shop"
  cidr_block = "10.0.0.0/20"
  az_count   = 2
  subnets = {
    public  = { cidrs = ["10.0.0.0/24", "10.0.1.0/24"] }
    private = { cidrs = ["10.0.2.0/24", "10.0.3.0/24"] }
  }
}

module "transit" {
  name                   = "shop"
  cidr_block             = "10.0.0.0/20"
  az_count               = 2
  transit_gateway_id     = "tgw-0123456789abcdef0"
  transit_gateway_routes = { public = "10.0.0.0/8", private = "pl-0123456789abcdef0" }
  subnets = {
    public          = { netmask = 24, nat_gateway_configuration = "single_az" }
    private         = { netmask = 24 }
    transit_gateway = { netmask = 28, connect_to_public_natgw = true, transit_gateway_security_group_referencing_support = "disable" }
  }
}

module "core" {
  name                = "shop"
  cidr_block          = "10.0.0.0/20"
  az_count            = 2
  core_network        = { id = "core-network-0123456789abcdef0", arn = "arn:aws:networkmanager::111111111111:core-network/core-network-0123456789abcdef0" }
  core_network_routes = { private = "0.0.0.0/0" }
  subnets = {
    private      = { netmask = 24 }
    core_network = { netmask = 28, require_acceptance = true, accept_attachment = true }
  }
}

module "core_not_accepted" {
  name                = "shop"
  cidr_block          = "10.0.0.0/20"
  az_count            = 2
  core_network        = { id = "core-network-0123456789abcdef0", arn = "arn:aws:networkmanager::111111111111:core-network/core-network-0123456789abcdef0" }
  core_network_routes = { public = "10.0.0.0/8" }
  subnets = {
    public       = { netmask = 24 }
    core_network = { netmask = 28, require_acceptance = true, accept_attachment = false }
  }
}

module "existing" {
  name               = "more"
  create_vpc         = false
  vpc_id             = aws_vpc.hub.id
  vpc_secondary_cidr = true
  cidr_block         = "10.2.0.0/16"
  az_count           = 2
  vpc_secondary_cidr_natgw = {
    "eu-west-1a" = { id = "nat-0123456789abcdef0" }
  }
  subnets = {
    private = { netmask = 24, connect_to_public_natgw = true }
  }
}

module "looked_up" {
  name       = "more"
  create_vpc = false
  vpc_id     = "vpc-0123456789abcdef0"
  az_count   = 2
  subnets = {
    private = { cidrs = ["10.2.0.0/24", "10.2.1.0/24"] }
  }
}

module "dual_stack" {
  name                                 = "shop"
  cidr_block                           = "10.0.0.0/16"
  az_count                             = 2
  vpc_assign_generated_ipv6_cidr_block = true
  vpc_egress_only_internet_gateway     = true
  subnets = {
    public  = { netmask = 24, assign_ipv6_cidr = true }
    private = { netmask = 24, assign_ipv6_cidr = true, connect_to_eigw = true }
  }
}

module "ipv6_only" {
  name                                 = "shop"
  cidr_block                           = "10.0.0.0/16"
  az_count                             = 2
  vpc_assign_generated_ipv6_cidr_block = true
  subnets = {
    public  = { ipv6_native = true, assign_ipv6_cidr = true }
    private = { ipv6_native = true, ipv6_cidrs = ["2001:db8::/64", "2001:db8:0:1::/64"] }
  }
}

module "ipam" {
  name                    = "shop"
  vpc_ipv4_ipam_pool_id   = "ipam-pool-0123456789abcdef0"
  vpc_ipv4_netmask_length = 20
  az_count                = 2
  subnets = {
    private = { netmask = 24 }
  }
}

module "no_igw_routes" {
  name                     = "shop"
  cidr_block               = "10.0.0.0/16"
  az_count                 = 2
  vpc_enable_dns_hostnames = false
  subnets = {
    public = { netmask = 24, connect_to_igw = false }
  }
}

module "dns_unknown" {
  name                   = var.unknown_text
  cidr_block             = var.unknown_text
  az_count               = 2
  vpc_enable_dns_support = var.unknown_flag
  subnets = {
    private = { netmask = 24 }
  }
}

module "perhaps" {
  name       = "shop"
  create_vpc = var.unknown_flag
  vpc_id     = data.aws_vpc.shared.id
  cidr_block = "10.0.0.0/16"
  az_count   = 2
  subnets = {
    private = { netmask = 24 }
  }
}

module "each" {
  for_each = { blue = "10.1.0.0/16", green = "10.2.0.0/16" }

  name       = each.key
  cidr_block = each.value
  az_count   = 2
  subnets = {
    public  = { netmask = 24, nat_gateway_configuration = "single_az" }
    private = { netmask = 24, connect_to_public_natgw = true }
  }
}
