
variable "make" { default = true }
variable "names" { default = ["a", "b", "c"] }
resource "aws_vpc" "maybe" {
  count      = var.make ? 1 : 0
  cidr_block = "10.0.0.0/16"
}
resource "aws_vpc" "never" {
  count      = var.make ? 0 : 1
  cidr_block = "10.1.0.0/16"
}
resource "aws_vpc" "each" {
  for_each   = toset(var.names)
  cidr_block = "10.${index(var.names, each.key)}.0.0/16"
  tags       = { Name = each.value }
}
resource "aws_vpc" "map" {
  for_each   = { for i, n in var.names : n => i if n != "b" }
  cidr_block = cidrsubnet("10.0.0.0/8", 8, each.value)
}
resource "aws_subnet" "nested" {
  for_each   = { for pair in setproduct(keys(aws_vpc.each), [0, 1]) : "${pair[0]}-${pair[1]}" => pair }
  vpc_id     = aws_vpc.each[each.value[0]].id
  cidr_block = cidrsubnet(aws_vpc.each[each.value[0]].cidr_block, 8, each.value[1])
}
resource "aws_subnet" "chained" {
  for_each   = aws_vpc.map
  vpc_id     = each.value.id
  cidr_block = cidrsubnet(each.value.cidr_block, 4, 1)
}
resource "aws_subnet" "counted" {
  count      = length(aws_vpc.each)
  vpc_id     = values(aws_vpc.each)[count.index].id
  cidr_block = values(aws_vpc.each)[count.index].cidr_block
}
resource "aws_route_table" "m" {
  vpc_id = one(aws_vpc.maybe[*].id)
}
resource "aws_route_table" "j" {
  vpc_id = join("", aws_vpc.maybe[*].id)
}
resource "aws_route_table" "t" {
  vpc_id = try(aws_vpc.never[0].id, aws_vpc.maybe[0].id)
}
resource "aws_route_table" "k" {
  vpc_id = coalesce(one(aws_vpc.never[*].id), "vpc-1")
}
resource "aws_route_table_association" "x" {
  count          = length(aws_subnet.counted.*.id)
  subnet_id      = element(aws_subnet.counted.*.id, count.index)
  route_table_id = length(aws_vpc.never) > 0 ? aws_route_table.m.id : aws_route_table.j.id
}
resource "aws_route" "each" {
  for_each                  = { for s in aws_subnet.nested : s.cidr_block => s.vpc_id }
  route_table_id            = aws_route_table.m.id
  destination_cidr_block    = each.key
  vpc_peering_connection_id = each.value
}
