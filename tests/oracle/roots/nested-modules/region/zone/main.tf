variable "cidr" {}
variable "name" {}
variable "index" {}

resource "terraform_data" "subnet" {
  input = { cidr = cidrsubnet(var.cidr, 8, var.index), name = upper(var.name) }
}

output "subnet" { value = terraform_data.subnet.input }
output "id" { value = terraform_data.subnet.id }
