# The subnets and tables of each zone, and by the names that are given to the subnets of a zone.

locals {
  private_by_zone = { for zone in local.zones : zone => [for subnet in aws_subnet.private : subnet.id if subnet.availability_zone == zone] }
  private_tables_by_zone = {
    for zone, ids in local.private_by_zone :
    zone => [for association in aws_route_table_association.private : association.route_table_id if contains(ids, association.subnet_id)]
  }
  public_by_zone = { for zone in local.zones : zone => [for subnet in aws_subnet.public : subnet.id if subnet.availability_zone == zone] }
  public_tables_by_zone = {
    for zone, ids in local.public_by_zone :
    zone => [for association in aws_route_table_association.public : association.route_table_id if contains(ids, association.subnet_id)]
  }
}

output "availability_zones" {
  value = local.zones
}

output "public_subnet_ids" {
  value = aws_subnet.public[*].id
}

output "public_subnet_arns" {
  value = aws_subnet.public[*].arn
}

output "public_subnet_cidrs" {
  value = local.public_four ? aws_subnet.public[*].cidr_block : []
}

output "public_subnet_ipv6_cidrs" {
  value = local.public_six ? aws_subnet.public[*].ipv6_cidr_block : []
}

output "public_route_table_ids" {
  value = aws_route_table.public[*].id
}

output "public_network_acl_id" {
  value = local.has_public && var.public_open_network_acl_enabled ? aws_network_acl.public[0].id : null
}

output "private_subnet_ids" {
  value = aws_subnet.private[*].id
}

output "private_subnet_arns" {
  value = aws_subnet.private[*].arn
}

output "private_subnet_cidrs" {
  value = local.private_four ? aws_subnet.private[*].cidr_block : []
}

output "private_subnet_ipv6_cidrs" {
  value = local.private_six ? aws_subnet.private[*].ipv6_cidr_block : []
}

output "private_route_table_ids" {
  value = aws_route_table.private[*].id
}

output "private_network_acl_id" {
  value = local.has_private && var.private_open_network_acl_enabled ? aws_network_acl.private[0].id : null
}

output "nat_gateway_ids" {
  value = aws_nat_gateway.default[*].id
}

output "nat_instance_ids" {
  value = aws_instance.nat_instance[*].id
}

output "az_private_subnets_map" {
  value = local.private_by_zone
}

output "az_private_route_table_ids_map" {
  value = local.private_tables_by_zone
}

output "named_private_subnets_map" {
  value = { for n, name in local.private_names : name => compact([for zone, ids in local.private_by_zone : try(ids[n], "")]) }
}

output "named_private_route_table_ids_map" {
  value = { for n, name in local.private_names : name => compact([for zone, ids in local.private_tables_by_zone : try(ids[n], "")]) }
}

output "az_public_subnets_map" {
  value = local.public_by_zone
}

output "az_public_route_table_ids_map" {
  value = local.public_tables_by_zone
}

output "named_public_subnets_map" {
  value = { for n, name in local.public_names : name => compact([for zone, ids in local.public_by_zone : try(ids[n], "")]) }
}

output "named_public_route_table_ids_map" {
  value = { for n, name in local.public_names : name => compact([for zone, ids in local.public_tables_by_zone : try(ids[n], "")]) }
}
