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

module "declared" {
  namespace        = "eg"
  stage            = "dev"
  name             = "peering"
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
}

module "literal" {
  requestor_vpc_id = "vpc-0123456789abcdef0"
  acceptor_vpc_id  = "vpc-0fedcba9876543210"
}

module "by_tags" {
  requestor_vpc_tags = { Name = "hub" }
  acceptor_vpc_tags  = { "kubernetes.io/cluster/my-k8s" = "owned" }
}

module "mixed" {
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_tags = {
    Primary = "false"
  }
}

module "no_dns" {
  requestor_vpc_id                          = aws_vpc.hub.id
  acceptor_vpc_id                           = aws_vpc.spoke.id
  acceptor_allow_remote_vpc_dns_resolution  = false
  requestor_allow_remote_vpc_dns_resolution = false
}

module "dns_one_way" {
  requestor_vpc_id                         = aws_vpc.hub.id
  acceptor_vpc_id                          = aws_vpc.spoke.id
  acceptor_allow_remote_vpc_dns_resolution = false
}

module "dns_unknown" {
  requestor_vpc_id                         = aws_vpc.hub.id
  acceptor_vpc_id                          = aws_vpc.spoke.id
  acceptor_allow_remote_vpc_dns_resolution = var.unknown_flag
}

module "not_accepted" {
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
  auto_accept      = false
}

module "disabled" {
  enabled          = false
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
}

module "perhaps" {
  enabled          = var.unknown_flag
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
}

module "ignoring" {
  requestor_vpc_id           = aws_vpc.hub.id
  acceptor_vpc_id            = aws_vpc.spoke.id
  requestor_ignore_cidrs     = ["10.0.0.0/16"]
  acceptor_ignore_cidrs      = var.unknown_list
  requestor_route_table_tags = { Tier = "private" }
  acceptor_route_table_tags  = { Tier = "private" }
}

module "unknown_ids" {
  requestor_vpc_id = var.unknown_text
  acceptor_vpc_id  = data.aws_vpc.shared.id
}

module "each" {
  for_each = { spoke = aws_vpc.spoke.id, shared = data.aws_vpc.shared.id }

  name             = each.key
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = each.value
  create_timeout   = "5m"
}

module "counted" {
  count = var.unknown_flag ? 1 : 0

  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
}

module "elsewhere" {
  providers = { aws = aws.paris }

  requestor_vpc_id = "vpc-0123456789abcdef0"
  acceptor_vpc_id  = aws_vpc.spoke.id
}

module "tagged" {
  requestor_vpc_id = aws_vpc.hub.id
  acceptor_vpc_id  = aws_vpc.spoke.id
  namespace        = "eg"
  name             = "peering"
  tags             = { Team = "network" }
}
