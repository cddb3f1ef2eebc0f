variable "profile" { default = "prod" }
variable "regions" { default = { a = "eu-west-1", b = "us-west-2" } }
locals { role = "arn:aws:iam::${"222233334444"}:role/deploy" }
provider "aws" {
  region  = lookup(var.regions, "a", "eu-north-1")
  profile = var.profile
  default_tags { tags = { Team = "x" } }
}
provider "aws" {
  alias  = "b"
  region = var.regions["b"]
  assume_role { role_arn = local.role }
}
provider "aws" {
  alias = "unset"
}
provider "aws" {
  alias  = "computed"
  region = module.names.region
}
module "names" {
  source = "./names"
}
module "outer" {
  source = "./outer"
  providers = {
    aws        = aws.b
    aws.second = aws.computed
  }
}
resource "aws_vpc" "default" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc" "unset" {
  provider   = aws.unset
  cidr_block = "10.1.0.0/16"
}
resource "aws_vpc" "computed" {
  provider   = aws.computed
  cidr_block = "10.2.0.0/16"
}
data "aws_caller_identity" "b" { provider = aws.b }
data "aws_region" "unset" { provider = aws.unset }
data "aws_region" "asked" { region = "ap-east-1" }
output "account" { value = data.aws_caller_identity.b.account_id }
output "asked" { value = data.aws_region.asked.region }
resource "aws_vpc_peering_connection" "x" {
  vpc_id        = aws_vpc.default.id
  peer_vpc_id   = aws_vpc.computed.id
  peer_region   = aws_vpc.computed.region
  peer_owner_id = data.aws_caller_identity.b.account_id
}
