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
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
}

module "literal" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  namespace                     = "eg"
  stage                         = "dev"
  name                          = "cluster"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
}

module "declared" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "eu-west-1"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "eu-west-1"
  requester_vpc_id              = aws_vpc.hub.id
  accepter_vpc_id               = aws_vpc.spoke.id
}

module "one_account" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::111111111111:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
}

module "no_roles" {
  requester_aws_assume_role_arn = ""
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = ""
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
}

module "profiles" {
  requester_aws_assume_role_arn = ""
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  requester_aws_profile         = "network"
  accepter_aws_profile          = "shop"
}

module "keys" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  requester_aws_access_key      = "AKIAIOSFODNN7EXAMPLE"
  requester_aws_secret_key      = var.unknown_text
}

module "by_tags" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_tags            = { Primary = "false" }
  accepter_vpc_tags             = { Primary = "true" }
}

module "subnets_by_tags" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  requester_subnet_tags         = { Tier = "private" }
  accepter_subnet_tags          = { Tier = "private" }
}

module "no_accepter" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  accepter_enabled              = false
}

module "perhaps_accepter" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  accepter_enabled              = var.unknown_flag
}

module "disabled" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  enabled                       = false
}

module "perhaps" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  enabled                       = var.unknown_flag
}

module "no_dns" {
  requester_aws_assume_role_arn             = "arn:aws:iam::111111111111:role/peering"
  requester_region                          = "us-west-2"
  accepter_aws_assume_role_arn              = "arn:aws:iam::222222222222:role/peering"
  accepter_region                           = "us-east-1"
  requester_vpc_id                          = "vpc-0123456789abcdef0"
  accepter_vpc_id                           = "vpc-0fedcba9876543210"
  requester_allow_remote_vpc_dns_resolution = false
  accepter_allow_remote_vpc_dns_resolution  = false
}

module "dns_one_way" {
  requester_aws_assume_role_arn             = "arn:aws:iam::111111111111:role/peering"
  requester_region                          = "us-west-2"
  accepter_aws_assume_role_arn              = "arn:aws:iam::222222222222:role/peering"
  accepter_region                           = "us-east-1"
  requester_vpc_id                          = "vpc-0123456789abcdef0"
  accepter_vpc_id                           = "vpc-0fedcba9876543210"
  requester_allow_remote_vpc_dns_resolution = false
}

module "dns_unknown" {
  requester_aws_assume_role_arn            = "arn:aws:iam::111111111111:role/peering"
  requester_region                         = "us-west-2"
  accepter_aws_assume_role_arn             = "arn:aws:iam::222222222222:role/peering"
  accepter_region                          = "us-east-1"
  requester_vpc_id                         = "vpc-0123456789abcdef0"
  accepter_vpc_id                          = "vpc-0fedcba9876543210"
  accepter_allow_remote_vpc_dns_resolution = var.unknown_flag
}

module "not_accepted" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
  auto_accept                   = false
  add_attribute_tag             = false
  aws_route_create_timeout      = "10m"
}

module "unknown_everything" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = var.unknown_text
  accepter_aws_assume_role_arn  = var.unknown_text
  accepter_region               = var.unknown_text
  requester_vpc_id              = var.unknown_text
  accepter_vpc_id               = data.aws_vpc.shared.id
}

module "role_left_out" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = "vpc-0fedcba9876543210"
}

module "each" {
  for_each = { a = aws_vpc.spoke.id, b = "vpc-0aaaaaaaaaaaaaaaa" }

  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "us-west-2"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "us-east-1"
  requester_vpc_id              = "vpc-0123456789abcdef0"
  accepter_vpc_id               = each.value
  name                          = each.key
}


module "without_side_tags" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "eu-west-1"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "eu-west-1"
  requester_vpc_id              = aws_vpc.hub.id
  accepter_vpc_id               = aws_vpc.spoke.id
  add_attribute_tag             = false
  name                          = "peering"
  tags                          = { Team = "network" }
}

module "side_tags_of_the_caller" {
  requester_aws_assume_role_arn = "arn:aws:iam::111111111111:role/peering"
  requester_region              = "eu-west-1"
  accepter_aws_assume_role_arn  = "arn:aws:iam::222222222222:role/peering"
  accepter_region               = "eu-west-1"
  requester_vpc_id              = aws_vpc.hub.id
  accepter_vpc_id               = aws_vpc.spoke.id
  tags                          = { Side = "ours", Team = var.unknown_text }
}
