variable "left" {}
variable "right" {}
locals { text = format("%s <-> %s", var.left, var.right) }
output "text" { value = local.text }
