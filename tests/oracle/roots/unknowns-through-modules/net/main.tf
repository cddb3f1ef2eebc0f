variable "vpc_id" { type = string }
variable "peers" { type = map(string) }
variable "list" { type = list(string) }
variable "typed" { type = object({ id = string, size = optional(number, 3) }) }

resource "terraform_data" "each" {
  for_each = var.peers
  input    = each.value
}

output "id" { value = var.vpc_id }
output "made" { value = "${var.vpc_id}-x" }
output "peers" { value = { for name, peer in terraform_data.each : name => peer.id } }
output "names" { value = keys(terraform_data.each) }
output "length" { value = length(var.list) }
output "first" { value = element(var.list, 2) }
output "typed" { value = var.typed }
output "inputs" { value = [for peer in terraform_data.each : peer.input] }
