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

resource "aws_internet_gateway" "hub" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_route_table" "hub" {
  vpc_id = aws_vpc.hub.id
}

module "usual" {
  namespace          = "eg"
  name               = "app"
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
  vpc_id             = aws_vpc.hub.id
  igw_id             = [aws_internet_gateway.hub.id]
  ipv4_cidr_block    = [aws_vpc.hub.cidr_block]
}

module "fixed_count" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count   = 2
  vpc_id             = aws_vpc.hub.id
  igw_id             = [aws_internet_gateway.hub.id]
  ipv4_cidr_block    = ["10.0.0.0/16"]
}

module "no_nat" {
  availability_zones   = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count     = 3
  vpc_id               = aws_vpc.hub.id
  igw_id               = [aws_internet_gateway.hub.id]
  ipv4_cidr_block      = ["10.0.0.0/16"]
  nat_gateway_enabled  = false
  nat_instance_enabled = false
}

module "nat_instances" {
  name                 = "app"
  availability_zones   = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count     = 2
  vpc_id               = aws_vpc.hub.id
  igw_id               = [aws_internet_gateway.hub.id]
  ipv4_cidr_block      = ["10.0.0.0/16"]
  nat_gateway_enabled  = false
  nat_instance_enabled = true
  max_nats             = 1
}

module "one_nat" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count   = 2
  vpc_id             = aws_vpc.hub.id
  igw_id             = ["igw-0123456789abcdef0"]
  ipv4_cidr_block    = ["10.0.0.0/16"]
  max_nats           = 1
}

module "given_blocks" {
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  vpc_id             = aws_vpc.hub.id
  igw_id             = [aws_internet_gateway.hub.id]
  ipv4_cidrs = [{
    private = ["10.0.0.0/24", "10.0.1.0/24"]
    public  = ["10.0.2.0/24", "10.0.3.0/24"]
  }]
}

module "private_only" {
  availability_zones     = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count       = 2
  vpc_id                 = aws_vpc.hub.id
  ipv4_cidr_block        = ["10.0.0.0/17"]
  public_subnets_enabled = false
  nat_gateway_enabled    = false
}

module "public_only" {
  availability_zones      = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count        = 2
  vpc_id                  = aws_vpc.hub.id
  igw_id                  = [aws_internet_gateway.hub.id]
  ipv4_cidr_block         = ["10.0.0.0/17"]
  private_subnets_enabled = false
}

module "public_tables_given" {
  availability_zones     = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count       = 2
  vpc_id                 = aws_vpc.hub.id
  igw_id                 = [aws_internet_gateway.hub.id]
  ipv4_cidr_block        = ["10.0.0.0/17"]
  public_route_table_ids = [aws_route_table.hub.id]
}

module "public_table_each" {
  availability_zones                    = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count                      = 2
  vpc_id                                = aws_vpc.hub.id
  igw_id                                = [aws_internet_gateway.hub.id]
  ipv4_cidr_block                       = ["10.0.0.0/17"]
  public_route_table_per_subnet_enabled = true
  public_open_network_acl_enabled       = false
}

module "no_tables" {
  availability_zones          = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count            = 2
  vpc_id                      = aws_vpc.hub.id
  ipv4_cidr_block             = ["10.0.0.0/17"]
  public_route_table_enabled  = false
  private_route_table_enabled = false
}

module "ipv6" {
  availability_zones      = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count        = 2
  vpc_id                  = aws_vpc.hub.id
  igw_id                  = [aws_internet_gateway.hub.id]
  ipv4_cidr_block         = ["10.0.0.0/17"]
  ipv6_enabled            = true
  ipv6_cidr_block         = ["2001:db8::/56"]
  ipv6_egress_only_igw_id = ["eigw-0123456789abcdef0"]
}

module "ipv6_only" {
  availability_zones         = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count           = 2
  vpc_id                     = aws_vpc.hub.id
  igw_id                     = [aws_internet_gateway.hub.id]
  ipv4_enabled               = false
  ipv6_enabled               = true
  ipv6_cidr_block            = ["2001:db8::/56"]
  public_dns64_nat64_enabled = true
}

module "several_in_zone" {
  availability_zones   = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count     = 2
  vpc_id               = aws_vpc.hub.id
  igw_id               = [aws_internet_gateway.hub.id]
  ipv4_cidr_block      = ["10.0.0.0/16"]
  subnets_per_az_count = 2
  subnets_per_az_names = ["app", "data"]
}

module "every_zone" {
  vpc_id = aws_vpc.hub.id
  igw_id = [aws_internet_gateway.hub.id]
}

module "by_zone_ids" {
  availability_zone_ids = ["euw1-az1", "euw1-az2"]
  vpc_id                = data.aws_vpc.shared.id
  ipv4_cidr_block       = ["10.9.0.0/16"]
}

module "disabled" {
  enabled            = false
  availability_zones = ["eu-west-1a"]
  vpc_id             = aws_vpc.hub.id
  ipv4_cidr_block    = ["10.0.0.0/16"]
}

module "perhaps" {
  enabled            = var.unknown_flag
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count   = 2
  vpc_id             = aws_vpc.hub.id
  ipv4_cidr_block    = ["10.0.0.0/16"]
}

module "unknown_zones" {
  availability_zones  = data.aws_availability_zones.available.names
  vpc_id              = var.unknown_text
  igw_id              = [var.unknown_text]
  ipv4_cidr_block     = [var.unknown_text]
  nat_gateway_enabled = var.unknown_flag
}

module "each" {
  for_each = { blue = "10.1.0.0/16", green = "10.2.0.0/16" }

  name               = each.key
  availability_zones = ["eu-west-1a", "eu-west-1b"]
  max_subnet_count   = 4
  vpc_id             = aws_vpc.hub.id
  ipv4_cidr_block    = [each.value]
}
