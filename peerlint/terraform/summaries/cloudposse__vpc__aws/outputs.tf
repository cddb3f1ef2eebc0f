output "vpc_id" {
  value = join("", aws_vpc.default[*].id)
}

output "vpc_arn" {
  value = join("", aws_vpc.default[*].arn)
}

output "vpc_cidr_block" {
  value = join("", aws_vpc.default[*].cidr_block)
}

output "vpc_ipv6_cidr_block" {
  value = join("", aws_vpc.default[*].ipv6_cidr_block)
}

output "vpc_ipv6_association_id" {
  value = join("", aws_vpc.default[*].ipv6_association_id)
}

output "vpc_main_route_table_id" {
  value = join("", aws_vpc.default[*].main_route_table_id)
}

output "vpc_default_route_table_id" {
  value = join("", aws_vpc.default[*].default_route_table_id)
}

output "vpc_default_security_group_id" {
  value = join("", aws_vpc.default[*].default_security_group_id)
}

output "vpc_default_network_acl_id" {
  value = join("", aws_vpc.default[*].default_network_acl_id)
}

output "igw_id" {
  value = join("", aws_internet_gateway.default[*].id)
}

output "ipv6_egress_only_igw_id" {
  value = join("", aws_egress_only_internet_gateway.default[*].id)
}

output "additional_cidr_blocks" {
  value = [for more in aws_vpc_ipv4_cidr_block_association.default : more.cidr_block]
}

output "additional_ipv6_cidr_blocks" {
  value = [for more in aws_vpc_ipv6_cidr_block_association.default : more.ipv6_cidr_block]
}
