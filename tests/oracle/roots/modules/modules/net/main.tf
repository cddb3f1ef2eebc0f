variable "name" { type = string }
variable "index" { type = number }
resource "terraform_data" "it" { input = var.name }
output "cidr" { value = cidrsubnet("10.0.0.0/8", 8, var.index) }
output "id" { value = terraform_data.it.id }
