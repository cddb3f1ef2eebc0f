terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.second]
    }
  }
}
resource "aws_vpc" "first" { cidr_block = "10.3.0.0/16" }
resource "aws_vpc" "second" {
  provider   = aws.second
  cidr_block = "10.4.0.0/16"
}
module "inner" {
  source    = "../inner"
  count     = 1
  providers = { aws.far = aws.second, aws = aws }
}
module "implicit" {
  source = "../implicit"
}
