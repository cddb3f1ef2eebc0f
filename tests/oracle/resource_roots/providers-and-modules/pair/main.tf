
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.left, aws.right]
    }
  }
}
variable "left" {}
variable "right" {}
resource "aws_vpc_peering_connection" "a" {
  provider    = aws.left
  vpc_id      = var.left
  peer_vpc_id = var.right
}
resource "aws_vpc_peering_connection_accepter" "a" {
  provider                  = aws.right
  vpc_peering_connection_id = aws_vpc_peering_connection.a.id
  auto_accept               = true
}
