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

resource "aws_security_group" "other" {
  vpc_id = aws_vpc.spoke.id
}

module "bare" {
}

module "web" {
  name                = "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = ["10.10.0.0/16"]
  ingress_rules       = ["https-443-tcp", "http-80-tcp", "all-icmp"]
  egress_rules        = ["all-all"]
}

module "named" {
  name                = "web"
  use_name_prefix     = false
  vpc_id              = "vpc-0123456789abcdef0"
  ingress_cidr_blocks = ["0.0.0.0/0"]
  ingress_rules       = ["ssh-tcp"]
}

module "with_blocks" {
  name                = "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = ["10.10.0.0/16"]
  ingress_with_cidr_blocks = [
    { from_port = 8080, to_port = 8090, protocol = "tcp", description = "service", cidr_blocks = "10.20.0.0/16,10.30.0.0/16" },
    { rule = "postgresql-tcp", cidr_blocks = "0.0.0.0/0" },
    { rule = "dns-udp" },
  ]
  egress_with_cidr_blocks = [{ rule = "https-443-tcp" }]
}

module "with_groups" {
  name   = "web"
  vpc_id = aws_vpc.hub.id
  ingress_with_source_security_group_id = [
    { rule = "mysql-tcp", source_security_group_id = aws_security_group.other.id },
    { from_port = 10, to_port = 10, protocol = 6, source_security_group_id = "sg-0123456789abcdef0" },
  ]
  egress_with_source_security_group_id = [{ rule = "all-tcp", source_security_group_id = aws_security_group.other.id }]
}

module "computed" {
  name   = "web"
  vpc_id = aws_vpc.hub.id
  computed_ingress_with_source_security_group_id = [
    { rule = "mysql-tcp", source_security_group_id = aws_security_group.other.id },
  ]
  number_of_computed_ingress_with_source_security_group_id = 1
  computed_ingress_with_cidr_blocks                        = [{ rule = "kafka-broker-tcp", cidr_blocks = aws_vpc.spoke.cidr_block }]
  number_of_computed_ingress_with_cidr_blocks              = 1
  computed_egress_rules                                    = ["ssh-tcp"]
  number_of_computed_egress_rules                          = 1
}

module "with_self" {
  name              = "web"
  vpc_id            = aws_vpc.hub.id
  ingress_with_self = [{ rule = "all-all" }, { from_port = 30, to_port = 40, protocol = 6, self = true }, { from_port = 41, to_port = 42, protocol = 6, self = false }]
  egress_with_self  = [{ rule = "all-all" }]
}

module "ipv6" {
  name                          = "web"
  vpc_id                        = aws_vpc.hub.id
  ingress_ipv6_cidr_blocks      = ["2001:db8::/64"]
  ingress_rules                 = ["https-443-tcp"]
  ingress_with_ipv6_cidr_blocks = [{ from_port = 300, to_port = 400, protocol = "tcp", ipv6_cidr_blocks = "2001:db8:1::/64" }, { rule = "ssh-tcp" }]
  egress_with_ipv6_cidr_blocks  = [{ rule = "http-80-tcp" }]
}

module "prefix_lists" {
  name                     = "web"
  vpc_id                   = aws_vpc.hub.id
  ingress_prefix_list_ids  = ["pl-0123456789abcdef0"]
  ingress_rules            = ["ssh-tcp"]
  ingress_with_cidr_blocks = [{ rule = "dns-udp", cidr_blocks = "10.0.0.0/8" }]
  egress_prefix_list_ids   = ["pl-0fedcba9876543210"]
  egress_with_cidr_blocks  = [{ rule = "dns-udp", cidr_blocks = "10.0.0.0/8" }]
}

module "given" {
  create_sg                = false
  security_group_id        = aws_security_group.other.id
  ingress_cidr_blocks      = ["10.0.0.0/8"]
  ingress_rules            = ["ssh-tcp"]
  ingress_with_cidr_blocks = [{ rule = "dns-tcp" }]
}

module "off" {
  create              = false
  name                = "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = ["10.0.0.0/8"]
  ingress_rules       = ["ssh-tcp"]
}

module "perhaps" {
  create              = var.unknown_flag
  name                = "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = ["10.0.0.0/8"]
  ingress_rules       = ["ssh-tcp"]
}

module "own_rules" {
  name                = "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = ["10.0.0.0/8"]
  ingress_rules       = ["mine"]
  rules = {
    mine = [7000, 7001, "tcp", "mine"]
    _    = ["", "", "", ""]
  }
}

module "unknown_blocks" {
  name                     = var.unknown_text
  vpc_id                   = data.aws_vpc.shared.id
  ingress_cidr_blocks      = var.unknown_list
  ingress_rules            = ["ssh-tcp"]
  ingress_with_cidr_blocks = [{ rule = "dns-udp", cidr_blocks = var.unknown_text }, { rule = "ntp-udp" }]
}

module "unknown_rules" {
  name                = "web"
  vpc_id              = var.unknown_text
  ingress_cidr_blocks = [aws_vpc.spoke.cidr_block, data.aws_vpc.shared.cidr_block]
  ingress_rules       = var.unknown_list
}

module "each" {
  for_each = { web = ["https-443-tcp"], ssh = ["ssh-tcp"] }

  name                = each.key
  use_name_prefix     = each.key == "web"
  vpc_id              = aws_vpc.hub.id
  ingress_cidr_blocks = [aws_vpc.spoke.cidr_block]
  ingress_rules       = each.value
}
