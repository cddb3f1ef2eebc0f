variable "a" { default = "base" }
locals { kept = "kept" }
resource "terraform_data" "x" { input = "base" }
output "a" { value = var.a }
output "kept" { value = local.kept }
output "x" { value = terraform_data.x.input }
output "j" { value = var.from_json }
