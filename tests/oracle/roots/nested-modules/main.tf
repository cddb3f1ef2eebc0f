module "region" {
  source   = "./region"
  for_each = { eu-west-1 = 0, us-east-1 = 1 }
  name     = each.key
  index    = each.value
  zones    = each.key == "eu-west-1" ? ["a", "b"] : ["c"]
}

output "cidrs" { value = { for name, region in module.region : name => region.cidr } }
output "subnets" { value = { for name, region in module.region : name => region.subnets } }
output "first_ids" { value = [for region in module.region : region.ids[0]] }
output "flat" { value = flatten([for region in module.region : region.subnets]) }
output "whole" { value = module.region["us-east-1"] }
output "count" { value = length(module.region) }
output "keys" { value = keys(module.region) }
output "values" { value = values(module.region)[*].cidr }
