
variable "on" { default = false }
module "off" {
  source = "./m"
  count  = var.on ? 1 : 0
}
module "two" {
  source = "./m"
  count  = 2
  n      = count.index
}
module "each" {
  source   = "./m"
  for_each = module.two[0].map
  n        = each.value
}
resource "aws_route_table" "a" { vpc_id = module.two[1].id }
resource "aws_route_table" "b" { vpc_id = module.two.*.id[0] }
resource "aws_route_table" "c" { vpc_id = one(module.off[*].id) == null ? module.each["x"].id : "none" }
resource "aws_route_table" "d" { vpc_id = length(module.off) == 0 ? values(module.each)[1].vpc.id : "none" }
resource "aws_route_table" "e" {
  for_each = module.each
  vpc_id   = each.value.id
  tags     = { Name = each.value.cidr }
}
