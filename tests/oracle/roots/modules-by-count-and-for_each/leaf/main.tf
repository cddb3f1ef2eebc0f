variable "name" {}
variable "blocks" { type = list(string) }
resource "terraform_data" "it" {
  count = length(var.blocks)
  input = var.blocks[count.index]
}
output "obj" { value = { name = var.name, list = [for b in var.blocks : { block = b }] } }
output "ids" { value = terraform_data.it[*].id }
output "inputs" { value = terraform_data.it[*].input }
