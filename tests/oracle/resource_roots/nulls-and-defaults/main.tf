
variable "region" {
  type    = string
  default = null
}
variable "cfg" {
  type    = object({ cidr = string, v6 = optional(bool), tags = optional(map(string), {}) })
  default = { cidr = "10.0.0.0/16" }
}
resource "aws_vpc" "a" {
  cidr_block                       = var.cfg.cidr
  assign_generated_ipv6_cidr_block = var.cfg.v6
  enable_dns_support               = null
  tags                             = merge(var.cfg.tags, { Name = "a" }, null)
}
resource "aws_vpc_peering_connection" "a" {
  vpc_id        = aws_vpc.a.id
  peer_vpc_id   = "vpc-2"
  peer_region   = var.region
  peer_owner_id = var.region == null ? null : "1"
  auto_accept   = var.region == null
}
resource "aws_route" "a" {
  route_table_id            = aws_vpc.a.main_route_table_id
  destination_cidr_block    = try(var.cfg.nothing, "10.1.0.0/16")
  gateway_id                = null
  vpc_peering_connection_id = aws_vpc_peering_connection.a.id
}
resource "aws_subnet" "a" {
  vpc_id                  = aws_vpc.a.id
  cidr_block              = cidrsubnet(aws_vpc.a.cidr_block, 8, 1)
  map_public_ip_on_launch = aws_vpc.a.enable_dns_hostnames
}
