
terraform {
  required_providers {
    mongodbatlas = { source = "mongodb/mongodbatlas" }
    rediscloud   = { source = "RedisLabs/rediscloud" }
    confluent    = { source = "confluentinc/confluent" }
  }
}
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "hcp_hvn" "h" {
  hvn_id         = "h"
  cloud_provider = "aws"
  region         = "us-west-2"
  cidr_block     = "172.25.16.0/20"
}
resource "hcp_aws_network_peering" "p" {
  hvn_id          = hcp_hvn.h.hvn_id
  peering_id      = "p"
  peer_vpc_id     = aws_vpc.a.id
  peer_account_id = aws_vpc.a.owner_id
  peer_vpc_region = "us-west-2"
}
resource "hcp_hvn_route" "r" {
  hvn_link         = hcp_hvn.h.self_link
  hvn_route_id     = "r"
  destination_cidr = aws_vpc.a.cidr_block
  target_link      = hcp_aws_network_peering.p.self_link
}
resource "aws_vpc_peering_connection_accepter" "p" {
  vpc_peering_connection_id = hcp_aws_network_peering.p.provider_peering_id
  auto_accept               = true
}
resource "aws_route" "p" {
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = hcp_hvn.h.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.p.vpc_peering_connection_id
}
resource "mongodbatlas_network_container" "c" {
  project_id       = "p"
  atlas_cidr_block = "192.168.248.0/21"
  provider_name    = "AWS"
  region_name      = "EU_WEST_1"
}
resource "mongodbatlas_network_peering" "m" {
  project_id             = "p"
  container_id           = mongodbatlas_network_container.c.container_id
  provider_name          = "AWS"
  accepter_region_name   = "eu-west-1"
  vpc_id                 = aws_vpc.a.id
  aws_account_id         = "111122223333"
  route_table_cidr_block = aws_vpc.a.cidr_block
}
resource "aws_route" "m" {
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = mongodbatlas_network_container.c.atlas_cidr_block
  vpc_peering_connection_id = mongodbatlas_network_peering.m.connection_id
}
resource "rediscloud_subscription_peering" "r" {
  subscription_id = "1"
  region          = "eu-west-1"
  aws_account_id  = "111122223333"
  vpc_id          = aws_vpc.a.id
  vpc_cidr        = aws_vpc.a.cidr_block
}
resource "confluent_peering" "c" {
  aws {
    account         = "111122223333"
    vpc             = aws_vpc.a.id
    routes          = [aws_vpc.a.cidr_block]
    customer_region = "eu-west-1"
  }
  environment { id = "env-1" }
  network { id = "n-1" }
}
output "are_two_names_one_text" {
  value = [
    mongodbatlas_network_container.c.id == mongodbatlas_network_container.c.container_id,
    mongodbatlas_network_container.c.vpc_id == mongodbatlas_network_container.c.container_id,
    hcp_aws_network_peering.p.self_link == hcp_aws_network_peering.p.provider_peering_id,
  ]
}
