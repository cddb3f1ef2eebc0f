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

resource "aws_subnet" "hub" {
  vpc_id     = aws_vpc.hub.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "spoke" {
  count = 2

  vpc_id     = aws_vpc.spoke.id
  cidr_block = cidrsubnet(aws_vpc.spoke.cidr_block, 8, count.index)
}

resource "aws_route_table" "hub" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_route_table" "spoke" {
  vpc_id = aws_vpc.spoke.id
}

module "bare" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

}

module "literal" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = "vpc-0123456789abcdef0"
  peer_vpc_id         = "vpc-0fedcba9876543210"
  auto_accept_peering = true
}

module "declared" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
}

module "across_regions" {
  providers = {
    aws.this = aws
    aws.peer = aws.paris
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  tags                = { Name = "hub-spoke" }
}

module "explicit_tables" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  this_rts_ids        = [aws_route_table.hub.id]
  peer_rts_ids        = [aws_route_table.spoke.id]
}

module "tables_of_one_side" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  peer_rts_ids        = ["rtb-0123456789abcdef0", "rtb-0fedcba9876543210"]
}

module "subnets" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  this_subnets_ids    = [aws_subnet.hub.id]
  peer_subnets_ids    = aws_subnet.spoke[*].id
}

module "literal_subnets" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id      = "vpc-0123456789abcdef0"
  peer_vpc_id      = "vpc-0fedcba9876543210"
  this_subnets_ids = ["subnet-0123456789abcdef0"]
  peer_subnets_ids = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

module "subnets_and_tables" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  this_subnets_ids    = [aws_subnet.hub.id]
  this_rts_ids        = [aws_route_table.hub.id]
}

module "associated" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id          = aws_vpc.hub.id
  peer_vpc_id          = aws_vpc.spoke.id
  auto_accept_peering  = true
  from_this_associated = true
  from_peer_associated = true
}

module "associated_one_way" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id          = aws_vpc.hub.id
  peer_vpc_id          = aws_vpc.spoke.id
  auto_accept_peering  = true
  from_this_associated = true
  this_rts_ids         = [aws_route_table.hub.id]
}

module "from_this_only" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  from_peer           = false
  this_rts_ids        = [aws_route_table.hub.id]
}

module "no_routes" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  from_this           = false
  from_peer           = false
}

module "dns" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  this_dns_resolution = true
  peer_dns_resolution = true
}

module "dns_one_way" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  peer_dns_resolution = true
}

module "dns_unknown" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  this_dns_resolution = var.unknown_flag
}

module "not_accepted" {
  providers = {
    aws.this = aws
    aws.peer = aws.paris
  }

  this_vpc_id         = "vpc-0123456789abcdef0"
  peer_vpc_id         = "vpc-0fedcba9876543210"
  auto_accept_peering = false
}

module "unknown_ids" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id  = var.unknown_text
  peer_vpc_id  = data.aws_vpc.shared.id
  peer_rts_ids = var.unknown_list
  from_this    = var.unknown_flag
}

module "counted" {
  count = var.unknown_flag ? 1 : 0

  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
}

module "each" {
  for_each = { spoke = aws_vpc.spoke.id, far = "vpc-0aaaaaaaaaaaaaaaa" }

  providers = {
    aws.this = aws
    aws.peer = aws.paris
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = each.value
  auto_accept_peering = true
}


module "named" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  name                = "hub to spoke"
  tags                = { Team = "network", Side = "ours" }
}

module "tagged_only" {
  providers = {
    aws.this = aws
    aws.peer = aws
  }

  this_vpc_id         = aws_vpc.hub.id
  peer_vpc_id         = aws_vpc.spoke.id
  auto_accept_peering = true
  tags                = { Team = "network" }
}
