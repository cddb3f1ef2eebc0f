variable "a" { default = "override" }
resource "terraform_data" "x" { input = "changed" }
