
provider "aws" { region = "sa-east-1" }
resource "aws_vpc" "a" { cidr_block = "10.7.0.0/16" }
module "deep" {
  source = "../deep"
}
