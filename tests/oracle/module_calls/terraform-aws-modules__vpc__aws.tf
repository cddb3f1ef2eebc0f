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

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "paris"
  region = "eu-west-3"
}

locals {
  azs = slice(data.aws_availability_zones.available.names, 0, 3)
}

module "bare" {
}

module "simple" {
  name                   = "shop"
  cidr                   = "10.20.0.0/16"
  azs                    = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  private_subnets        = ["10.20.1.0/24", "10.20.2.0/24", "10.20.3.0/24"]
  public_subnets         = ["10.20.101.0/24", "10.20.102.0/24", "10.20.103.0/24"]
  enable_nat_gateway     = true
  enable_vpn_gateway     = true
  one_nat_gateway_per_az = true
}

module "single_nat" {
  name               = "shop"
  cidr               = "10.20.0.0/16"
  azs                = ["eu-west-1a", "eu-west-1b"]
  private_subnets    = ["10.20.1.0/24", "10.20.2.0/24"]
  public_subnets     = ["10.20.101.0/24", "10.20.102.0/24"]
  database_subnets   = ["10.20.201.0/24", "10.20.202.0/24"]
  enable_nat_gateway = true
  single_nat_gateway = true

  create_database_subnet_route_table = true
  create_database_nat_gateway_route  = true
}

module "computed_blocks" {
  name            = "shop"
  cidr            = "10.30.0.0/16"
  azs             = local.azs
  private_subnets = [for k, v in local.azs : cidrsubnet("10.30.0.0/16", 4, k)]
  public_subnets  = [for k in range(3) : cidrsubnet("10.30.0.0/16", 8, k + 48)]
  intra_subnets   = [for k in range(3) : cidrsubnet("10.30.0.0/16", 8, k + 52)]

  enable_nat_gateway = true
}

module "secondary" {
  name                  = "shop"
  cidr                  = "10.0.0.0/16"
  secondary_cidr_blocks = ["10.1.0.0/16", "10.2.0.0/16"]
  azs                   = ["eu-west-1a", "eu-west-1b"]
  private_subnets       = ["10.0.1.0/24", "10.1.2.0/24"]
  public_subnets        = ["10.0.101.0/24", "10.2.102.0/24"]
}

module "absent" {
  create_vpc      = false
  name            = "shop"
  cidr            = "10.0.0.0/16"
  azs             = ["eu-west-1a"]
  private_subnets = ["10.0.1.0/24"]
  vpn_gateway_id  = "vgw-0123456789abcdef0"
}

module "perhaps" {
  create_vpc         = var.unknown_flag
  cidr               = "10.0.0.0/16"
  azs                = ["eu-west-1a", "eu-west-1b"]
  private_subnets    = ["10.0.1.0/24", "10.0.2.0/24"]
  public_subnets     = ["10.0.3.0/24"]
  enable_nat_gateway = var.unknown_flag
}

module "ipv6" {
  cidr                                   = "10.0.0.0/16"
  azs                                    = ["eu-west-1a", "eu-west-1b"]
  enable_ipv6                            = true
  public_subnets                         = ["10.0.0.0/24", "10.0.1.0/24"]
  private_subnets                        = ["10.0.2.0/24", "10.0.3.0/24"]
  database_subnets                       = ["10.0.4.0/24", "10.0.5.0/24"]
  public_subnet_ipv6_prefixes            = [0, 1]
  private_subnet_ipv6_prefixes           = [2, 3]
  database_subnet_ipv6_prefixes          = [4, 5]
  enable_nat_gateway                     = true
  create_database_subnet_route_table     = true
  create_database_internet_gateway_route = true
}

module "ipv6_only" {
  azs                          = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  enable_ipv6                  = true
  public_subnet_ipv6_native    = true
  private_subnet_ipv6_native   = true
  public_subnet_ipv6_prefixes  = [0, 1, 2]
  private_subnet_ipv6_prefixes = [3, 4, 5]
}

module "ipam" {
  use_ipam_pool       = true
  ipv4_ipam_pool_id   = "ipam-pool-0123456789abcdef0"
  ipv4_netmask_length = 16
  ipv6_ipam_pool_id   = "ipam-pool-0fedcba9876543210"
  ipv6_netmask_length = 56
  enable_ipv6         = true
  azs                 = ["eu-west-1a"]
  private_subnets     = ["10.0.0.0/24"]
}

module "every_tier" {
  name                = "shop"
  cidr                = "10.0.0.0/16"
  azs                 = ["eu-west-1a", "eu-west-1b"]
  public_subnets      = ["10.0.0.0/24", "10.0.1.0/24"]
  private_subnets     = ["10.0.2.0/24", "10.0.3.0/24"]
  database_subnets    = ["10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24"]
  elasticache_subnets = ["10.0.7.0/24", "10.0.8.0/24"]
  redshift_subnets    = ["10.0.9.0/24", "10.0.10.0/24"]
  intra_subnets       = ["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24", "10.0.14.0/24"]
  outpost_subnets     = ["10.0.15.0/24"]
  outpost_az          = "eu-west-1a"
  enable_nat_gateway  = true

  create_database_subnet_route_table    = true
  create_redshift_subnet_route_table    = true
  create_elasticache_subnet_route_table = true
  enable_public_redshift                = true
}

module "shared_tables" {
  cidr                = "10.0.0.0/16"
  azs                 = ["eu-west-1a", "eu-west-1b"]
  private_subnets     = ["10.0.2.0/24", "10.0.3.0/24"]
  database_subnets    = ["10.0.4.0/24", "10.0.5.0/24"]
  elasticache_subnets = ["10.0.7.0/24", "10.0.8.0/24"]
  redshift_subnets    = ["10.0.9.0/24", "10.0.10.0/24"]
}

module "acls" {
  cidr                          = "10.0.0.0/16"
  azs                           = ["eu-west-1a"]
  public_subnets                = ["10.0.0.0/24"]
  private_subnets               = ["10.0.1.0/24"]
  elasticache_subnets           = ["10.0.2.0/24"]
  public_dedicated_network_acl  = true
  private_dedicated_network_acl = true
  public_inbound_acl_rules = [
    { rule_number = 100, rule_action = "allow", from_port = 443, to_port = 443, protocol = "tcp", cidr_block = "0.0.0.0/0" },
    { rule_number = 110, rule_action = "deny", icmp_code = -1, icmp_type = 8, protocol = "icmp", ipv6_cidr_block = "::/0" },
  ]
  private_outbound_acl_rules        = concat([], [{ rule_number = 90, rule_action = "deny", protocol = "-1", from_port = 0, to_port = 0, cidr_block = "10.9.0.0/16" }])
  elasticache_dedicated_network_acl = var.unknown_flag
}

module "defaults" {
  cidr                           = "10.0.0.0/16"
  manage_default_vpc             = true
  manage_default_security_group  = true
  default_security_group_ingress = [{ self = true }, { cidr_blocks = "10.0.0.0/8,192.168.0.0/16", from_port = 22, to_port = 22, protocol = "tcp" }]
  default_security_group_egress  = [{ security_groups = "sg-0123456789abcdef0", prefix_list_ids = "pl-0123456789abcdef0" }]
  manage_default_network_acl     = true
  default_network_acl_ingress    = [{ rule_no = 10, action = "deny", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "10.66.0.0/16" }]
  manage_default_route_table     = true
  default_route_table_routes     = [{ cidr_block = "10.7.0.0/16", vpc_peering_connection_id = "pcx-0123456789abcdef0" }]
}

module "no_defaults" {
  cidr                          = "10.0.0.0/16"
  manage_default_security_group = false
  manage_default_network_acl    = false
  manage_default_route_table    = false
  enable_dns_hostnames          = false
  enable_dns_support            = var.unknown_flag
  tags                          = { Name = "other" }
}

module "unknown_blocks" {
  cidr            = var.unknown_text
  azs             = data.aws_availability_zones.available.names
  private_subnets = [cidrsubnet(var.unknown_text, 8, 1), cidrsubnet(var.unknown_text, 8, 2)]
  public_subnets  = var.unknown_list
}

module "unknown_count" {
  cidr                   = "10.0.0.0/16"
  azs                    = var.unknown_list
  private_subnets        = var.unknown_list
  secondary_cidr_blocks  = var.unknown_list
  enable_nat_gateway     = true
  one_nat_gateway_per_az = true
}

module "for_each" {
  for_each = {
    blue  = "10.1.0.0/16"
    green = "10.2.0.0/16"
  }

  name            = each.key
  cidr            = each.value
  azs             = ["eu-west-1a", "eu-west-1b"]
  private_subnets = [for index in range(2) : cidrsubnet(each.value, 8, index)]
}

module "counted" {
  count = var.unknown_flag ? 1 : 0

  cidr            = "10.1.0.0/16"
  azs             = ["eu-west-1a"]
  private_subnets = ["10.1.1.0/24"]
}

module "elsewhere" {
  providers = {
    aws = aws.paris
  }

  cidr            = "10.1.0.0/16"
  azs             = ["eu-west-3a", "use1-az1"]
  private_subnets = ["10.1.1.0/24", "10.1.2.0/24"]
}

module "vpn" {
  cidr                               = "10.1.0.0/16"
  azs                                = ["eu-west-1a"]
  private_subnets                    = ["10.1.1.0/24", "10.1.2.0/24"]
  public_subnets                     = ["10.1.3.0/24"]
  intra_subnets                      = ["10.1.4.0/24"]
  vpn_gateway_id                     = "vgw-0123456789abcdef0"
  propagate_private_route_tables_vgw = true
  propagate_public_route_tables_vgw  = true
  propagate_intra_route_tables_vgw   = true
  enable_flow_log                    = true
  flow_log_destination_type          = "s3"
  flow_log_destination_arn           = "arn:aws:s3:::logs"
}

module "own_resolvers" {
  cidr                             = "10.40.0.0/16"
  enable_dhcp_options              = true
  dhcp_options_domain_name_servers = ["10.40.0.10", "10.40.0.11"]
}

module "amazons_resolver" {
  cidr                = "10.41.0.0/16"
  enable_dhcp_options = true
}

module "perhaps_own_resolvers" {
  cidr                             = "10.42.0.0/16"
  enable_dhcp_options              = var.unknown_flag
  dhcp_options_domain_name_servers = ["10.42.0.10"]
}
