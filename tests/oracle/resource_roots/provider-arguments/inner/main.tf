terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.far]
    }
  }
}
data "aws_region" "far" { provider = aws.far }
resource "aws_vpc" "far" {
  provider   = aws.far
  cidr_block = "10.5.0.0/16"
  tags       = { Region = data.aws_region.far.name }
}
