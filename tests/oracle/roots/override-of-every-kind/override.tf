variable "v" { default = false }
locals { a = "override" }
resource "terraform_data" "x" {
  for_each = toset(["k"])
  input    = "override"
}
output "o" { value = "override" }
