# In 3, an output of something that is not made is an empty string.

output "vpc_id" {
  value = try(aws_vpc.this[0].id, "")
}

output "vpc_arn" {
  value = try(aws_vpc.this[0].arn, "")
}

output "vpc_cidr_block" {
  value = try(aws_vpc.this[0].cidr_block, "")
}

output "vpc_ipv6_cidr_block" {
  value = try(aws_vpc.this[0].ipv6_cidr_block, "")
}

output "vpc_ipv6_association_id" {
  value = try(aws_vpc.this[0].ipv6_association_id, "")
}

output "vpc_owner_id" {
  value = try(aws_vpc.this[0].owner_id, "")
}

output "vpc_main_route_table_id" {
  value = try(aws_vpc.this[0].main_route_table_id, "")
}

output "default_route_table_id" {
  value = try(aws_vpc.this[0].default_route_table_id, "")
}

output "default_security_group_id" {
  value = try(aws_vpc.this[0].default_security_group_id, "")
}

output "default_network_acl_id" {
  value = try(aws_vpc.this[0].default_network_acl_id, "")
}

output "vpc_enable_dns_support" {
  value = try(aws_vpc.this[0].enable_dns_support, "")
}

output "vpc_enable_dns_hostnames" {
  value = try(aws_vpc.this[0].enable_dns_hostnames, "")
}

output "default_vpc_id" {
  value = try(aws_default_vpc.this[0].id, "")
}

output "default_vpc_arn" {
  value = try(aws_default_vpc.this[0].arn, "")
}

output "default_vpc_cidr_block" {
  value = try(aws_default_vpc.this[0].cidr_block, "")
}

output "default_vpc_main_route_table_id" {
  value = try(aws_default_vpc.this[0].main_route_table_id, "")
}

output "default_vpc_default_route_table_id" {
  value = try(aws_default_vpc.this[0].default_route_table_id, "")
}

output "default_vpc_default_security_group_id" {
  value = try(aws_default_vpc.this[0].default_security_group_id, "")
}

output "default_vpc_default_network_acl_id" {
  value = try(aws_default_vpc.this[0].default_network_acl_id, "")
}

output "default_vpc_enable_dns_support" {
  value = try(aws_default_vpc.this[0].enable_dns_support, "")
}

output "default_vpc_enable_dns_hostnames" {
  value = try(aws_default_vpc.this[0].enable_dns_hostnames, "")
}

output "public_network_acl_id" {
  value = try(aws_network_acl.public[0].id, "")
}

output "public_network_acl_arn" {
  value = try(aws_network_acl.public[0].arn, "")
}

output "private_network_acl_id" {
  value = try(aws_network_acl.private[0].id, "")
}

output "private_network_acl_arn" {
  value = try(aws_network_acl.private[0].arn, "")
}

output "database_network_acl_id" {
  value = try(aws_network_acl.database[0].id, "")
}

output "database_network_acl_arn" {
  value = try(aws_network_acl.database[0].arn, "")
}

output "redshift_network_acl_id" {
  value = try(aws_network_acl.redshift[0].id, "")
}

output "redshift_network_acl_arn" {
  value = try(aws_network_acl.redshift[0].arn, "")
}

output "elasticache_network_acl_id" {
  value = try(aws_network_acl.elasticache[0].id, "")
}

output "elasticache_network_acl_arn" {
  value = try(aws_network_acl.elasticache[0].arn, "")
}

output "intra_network_acl_id" {
  value = try(aws_network_acl.intra[0].id, "")
}

output "intra_network_acl_arn" {
  value = try(aws_network_acl.intra[0].arn, "")
}

output "outpost_network_acl_id" {
  value = try(aws_network_acl.outpost[0].id, "")
}

output "outpost_network_acl_arn" {
  value = try(aws_network_acl.outpost[0].arn, "")
}

output "public_internet_gateway_route_id" {
  value = try(aws_route.public_internet_gateway[0].id, "")
}

output "public_internet_gateway_ipv6_route_id" {
  value = try(aws_route.public_internet_gateway_ipv6[0].id, "")
}

output "database_internet_gateway_route_id" {
  value = try(aws_route.database_internet_gateway[0].id, "")
}

output "database_ipv6_egress_route_id" {
  value = try(aws_route.database_ipv6_egress[0].id, "")
}

output "igw_id" {
  value = try(aws_internet_gateway.this[0].id, "")
}

output "igw_arn" {
  value = try(aws_internet_gateway.this[0].arn, "")
}

output "egress_only_internet_gateway_id" {
  value = try(aws_egress_only_internet_gateway.this[0].id, "")
}

output "vgw_id" {
  value = try(aws_vpn_gateway.this[0].id, aws_vpn_gateway_attachment.this[0].vpn_gateway_id, "")
}

output "vgw_arn" {
  value = try(aws_vpn_gateway.this[0].arn, "")
}

output "database_route_table_ids" {
  value = try(coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id), [])
}

output "elasticache_route_table_ids" {
  value = try(coalescelist(aws_route_table.elasticache[*].id, aws_route_table.private[*].id), [])
}
