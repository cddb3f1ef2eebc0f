variable "name" {}

resource "terraform_data" "vpc" {
  input = var.name
}

output "vpc" {
  description = "An object, as many modules give out."
  value = {
    name = var.name
    id   = terraform_data.vpc.id
  }
}

output "cidrs" { value = ["10.0.0.0/24", "10.0.1.0/24"] }
