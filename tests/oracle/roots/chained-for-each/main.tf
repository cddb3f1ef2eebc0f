resource "terraform_data" "vpc" {
  for_each = { a = "10.0.0.0/16", b = "10.1.0.0/16" }
  input    = each.value
}

resource "terraform_data" "subnet" {
  for_each = terraform_data.vpc
  input    = { vpc = each.value.id, cidr = cidrsubnet(each.value.input, 8, 1), key = each.key }
}

module "child" {
  source   = "./child"
  for_each = terraform_data.subnet
  subnet   = each.value.input
}

output "cidrs" { value = { for k, s in terraform_data.subnet : k => s.input.cidr } }
output "children" { value = { for k, c in module.child : k => c.text } }
output "one" { value = module.child["b"].subnet }
output "each_vpc" { value = [for s in terraform_data.subnet : s.input.vpc] }
