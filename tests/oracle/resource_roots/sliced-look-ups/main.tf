# As many zones as are asked for: with fewer in the Region, plan fails.

provider "aws" { region = "eu-west-1" }

data "aws_availability_zones" "here" {}

locals {
  zones = slice(data.aws_availability_zones.here.names, 0, 2)
}

resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }

resource "aws_subnet" "counted" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.a.id
  cidr_block        = cidrsubnet(aws_vpc.a.cidr_block, 8, count.index)
  availability_zone = local.zones[count.index]
}

resource "aws_subnet" "four_or_none" {
  count      = length(try(slice(data.aws_availability_zones.here.names, 0, 4), []))
  vpc_id     = aws_vpc.a.id
  cidr_block = cidrsubnet(aws_vpc.a.cidr_block, 8, 10 + count.index)
}

output "blocks" { value = [for index, zone in local.zones : cidrsubnet("10.1.0.0/16", 4, index)] }
output "zones" { value = local.zones }
output "has_four" { value = can(slice(data.aws_availability_zones.here.names, 0, 4)) }
output "four_or_none" { value = try(slice(data.aws_availability_zones.here.names, 0, 4), []) }
output "how_many" { value = try(length(slice(data.aws_availability_zones.here.names, 0, 4)), 0) }
output "local_of_four" { value = try(local.zones[0], "none") }
output "different_zones" { value = length(toset(local.zones)) }
