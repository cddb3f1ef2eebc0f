data "aws_region" "here" {}
data "aws_caller_identity" "here" {}
resource "aws_vpc" "here" {
  cidr_block = "10.6.0.0/16"
  tags       = { Region = data.aws_region.here.name, Account = data.aws_caller_identity.here.account_id }
}
