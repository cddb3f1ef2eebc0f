variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "number" {
  type    = number
  default = 1
}

locals {
  base  = "base"
  other = "other"
}

module "child" {
  source = "./child"
  name   = "base"
  size   = 1
}

resource "terraform_data" "it" {
  count = 1
  input = "base"
}

output "region" { value = var.region }
output "number" { value = var.number }
output "base" { value = local.base }
output "other" { value = local.other }
output "child" { value = module.child.text }
output "it" { value = terraform_data.it[*].input }
output "changed" { value = "not this" }
