# Up to 2.4, tables take the NATs in turn.

resource "aws_nat_gateway" "default" {
  count = local.has_gateways ? local.nat_count : 0

  subnet_id = aws_subnet.public[count.index].id
}

resource "aws_route" "nat4" {
  count = local.has_gateways && local.private_four ? local.private_tables : 0

  route_table_id         = local.private_table_ids[count.index]
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "private_nat64" {
  count = local.has_gateways && local.private_dns64 ? local.private_tables : 0

  route_table_id              = local.private_table_ids[count.index]
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "public_nat64" {
  count = local.has_gateways && local.public_dns64 ? local.public_tables : 0

  route_table_id              = local.public_table_ids[count.index]
  destination_ipv6_cidr_block = "64:ff9b::/96"
  nat_gateway_id              = element(aws_nat_gateway.default[*].id, count.index)
}

resource "aws_route" "nat_instance" {
  count = local.has_instances ? local.private_tables : 0

  route_table_id         = local.private_table_ids[count.index]
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = element(aws_instance.nat_instance[*].primary_network_interface_id, count.index)
}
