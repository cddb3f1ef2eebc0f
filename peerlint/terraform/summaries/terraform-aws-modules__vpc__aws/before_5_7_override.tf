# Up to 5.7.0 each private subnet has its IPv6 route out, whatever the number of tables.

resource "aws_route" "private_ipv6_egress" {
  count = local.exists && var.create_egress_only_igw && var.enable_ipv6 ? local.private_size : 0
}
