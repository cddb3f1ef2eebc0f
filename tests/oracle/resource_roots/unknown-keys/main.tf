resource "aws_vpc" "a" {
  count      = 2
  cidr_block = cidrsubnet("10.0.0.0/8", 8, count.index)
}
locals {
  by_index = { for i, vpc in aws_vpc.a : "vpc-${i}" => vpc }
  ids      = [for vpc in aws_vpc.a : vpc.id]
  pairs    = flatten([for i, vpc in aws_vpc.a : [for z in ["a", "b"] : { key = "${i}${z}", vpc = vpc.id, cidr = cidrsubnet(vpc.cidr_block, 8, i) }]])
  grouped  = { for p in local.pairs : substr(p.key, 0, 1) => p.cidr... }
}
resource "aws_subnet" "a" {
  for_each   = { for p in local.pairs : p.key => p }
  vpc_id     = each.value.vpc
  cidr_block = each.value.cidr
}
resource "aws_route_table" "a" {
  for_each = local.by_index
  vpc_id   = each.value.id
  tags     = { Name = each.key, Cidr = each.value.cidr_block, Zone = "z-${each.value.id}" }
}
resource "aws_route_table_association" "a" {
  for_each       = aws_subnet.a
  subnet_id      = each.value.id
  route_table_id = aws_route_table.a["vpc-${substr(each.key, 0, 1)}"].id
}
resource "aws_vpc_peering_connection" "mesh" {
  for_each = {
    for pair in setproduct(range(length(aws_vpc.a)), range(length(aws_vpc.a))) :
    "${pair[0]}-${pair[1]}" => pair if pair[0] < pair[1]
  }
  vpc_id      = local.ids[each.value[0]]
  peer_vpc_id = aws_vpc.a[each.value[1]].id
  auto_accept = true
}
resource "aws_route" "mesh" {
  for_each = merge([
    for name, peering in aws_vpc_peering_connection.mesh : {
      "${name}-there" = { table = aws_route_table.a["vpc-0"].id, to = aws_vpc.a[1].cidr_block, over = peering.id }
      "${name}-back"  = { table = aws_route_table.a["vpc-1"].id, to = aws_vpc.a[0].cidr_block, over = peering.id }
    }
  ]...)
  route_table_id            = each.value.table
  destination_cidr_block    = each.value.to
  vpc_peering_connection_id = each.value.over
}
resource "aws_security_group" "a" {
  vpc_id = element(local.ids, 5)
  ingress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = sort(flatten(values(local.grouped)))
  }
  ingress {
    from_port       = 22
    to_port         = 22
    protocol        = "tcp"
    security_groups = [for vpc in aws_vpc.a : vpc.default_security_group_id]
  }
}
output "ids" { value = { for k, v in aws_subnet.a : k => v.id } }
output "blocks" { value = values(aws_subnet.a)[*].cidr_block }
output "joined" { value = join(",", aws_vpc.a[*].cidr_block) }
output "mixed" { value = join(",", aws_vpc.a[*].id) }
output "zipped" { value = zipmap(aws_vpc.a[*].cidr_block, aws_vpc.a[*].id) }
output "contains" { value = contains(aws_vpc.a[*].cidr_block, "10.1.0.0/16") }
output "coalesced" { value = coalesce(null, aws_vpc.a[0].ipv6_cidr_block, "x") }
output "lookup" { value = lookup(local.by_index, "vpc-7", { id = "none", cidr_block = "none" }).id }
output "index" { value = index(aws_vpc.a[*].cidr_block, "10.1.0.0/16") }
