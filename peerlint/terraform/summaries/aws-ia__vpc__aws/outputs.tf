output "vpc_attributes" {
  value = local.vpc
}

output "azs" {
  value = local.zones
}

output "transit_gateway_attachment_id" {
  value = try(aws_ec2_transit_gateway_vpc_attachment.tgw[0].id, null)
}

output "internet_gateway" {
  value = try(aws_internet_gateway.main[0], null)
}

output "egress_only_internet_gateway" {
  value = try(aws_egress_only_internet_gateway.eigw[0], null)
}

output "nat_gateway_attributes_by_az" {
  value = try(aws_nat_gateway.main, null)
}

output "natgw_id_per_az" {
  value = try(local.nat_of, null)
}

output "private_subnet_attributes_by_az" {
  value = try(aws_subnet.private, null)
}

output "public_subnet_attributes_by_az" {
  value = try(aws_subnet.public, null)
}

output "tgw_subnet_attributes_by_az" {
  value = try(aws_subnet.tgw, null)
}

output "core_network_subnet_attributes_by_az" {
  value = try(aws_subnet.cwan, null)
}

output "rt_attributes_by_type_by_az" {
  value = {
    private         = aws_route_table.private
    public          = aws_route_table.public
    transit_gateway = aws_route_table.tgw
    core_network    = aws_route_table.cwan
  }
}
