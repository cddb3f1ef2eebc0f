variable "name" {}
resource "terraform_data" "it" { input = var.name }
output "name" { value = terraform_data.it.input }
output "id" { value = terraform_data.it.id }
