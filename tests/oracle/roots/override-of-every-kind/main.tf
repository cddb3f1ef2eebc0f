variable "v" {
  type    = string
  default = "base"
}
locals {
  kept = "kept"
  a    = "base"
}
resource "terraform_data" "x" {
  count            = 2
  input            = "base"
  triggers_replace = ["base"]
}
module "m" {
  source = "./m"
  name   = "base"
  other  = "kept"
}
output "v" { value = var.v }
output "locals" { value = [local.kept, local.a] }
output "x" { value = terraform_data.x[*].input }
output "triggers" { value = terraform_data.x[0].triggers_replace }
output "m" { value = module.m.all }
output "o" { value = "base" }
