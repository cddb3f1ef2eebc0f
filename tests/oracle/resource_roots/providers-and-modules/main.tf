
variable "region" { default = "eu-west-1" }
locals { other = "us-${"east"}-1" }
provider "aws" { region = var.region }
provider "aws" {
  alias  = "other"
  region = local.other
  assume_role { role_arn = "arn:aws:iam::111122223333:role/x" }
}
module "same" {
  source = "./net"
  cidr   = "10.0.0.0/16"
}
module "moved" {
  source    = "./net"
  cidr      = "10.1.0.0/16"
  providers = { aws = aws.other }
}
module "each" {
  for_each  = { a = "10.2.0.0/16", b = "10.3.0.0/16" }
  source    = "./net"
  cidr      = each.value
  providers = { aws = aws.other }
}
module "pair" {
  source = "./pair"
  providers = {
    aws.left  = aws
    aws.right = aws.other
  }
  left  = module.same.id
  right = module.moved.id
}
module "own" {
  source = "./own"
}
resource "aws_vpc" "o" {
  provider   = aws.other
  cidr_block = module.each["a"].cidr
}
resource "aws_vpc" "r" {
  region     = "ap-south-1"
  cidr_block = "10.9.0.0/16"
}
data "aws_region" "here" {}
data "aws_region" "there" { provider = aws.other }
data "aws_caller_identity" "there" { provider = aws.other }
resource "aws_vpc_peering_connection" "x" {
  vpc_id        = aws_vpc.o.id
  peer_vpc_id   = aws_vpc.r.id
  peer_region   = data.aws_region.there.name
  peer_owner_id = data.aws_caller_identity.there.account_id
}
