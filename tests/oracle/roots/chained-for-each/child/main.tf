variable "subnet" { type = object({ vpc = string, cidr = string, key = string }) }
output "text" { value = "${var.subnet.key}:${var.subnet.cidr}" }
output "subnet" { value = var.subnet }
