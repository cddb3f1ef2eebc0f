variable "number" { default = "7" }
output "changed" { value = "override.tf comes in its place by name" }
