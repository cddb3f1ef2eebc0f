variable "nets" {}
variable "suffix" {}
module "leaf" {
  source   = "../leaf"
  for_each = var.nets
  name     = "${each.key}-${var.suffix}"
  blocks   = each.value
}
output "objects" { value = [for key, leaf in module.leaf : leaf.obj] }
output "leaf" { value = module.leaf }
