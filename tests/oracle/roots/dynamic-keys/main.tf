variable "env" { default = "prod" }

locals {
  key   = "region"
  pairs = { "${var.env}-a" = 1, (var.env) = 2, "b c" = 3, (local.key) = 4, 5 = 5 }
  peers = [{ from = "hub", to = "a" }, { from = "hub", to = "b" }, { from = "a", to = "b" }]
}

output "pairs" { value = local.pairs }
output "by_pair" { value = { for p in local.peers : "${p.from}:${p.to}" => p } }
output "grouped" { value = { for p in local.peers : p.from => p.to... } }
output "looked_up" { value = local.pairs["${var.env}-a"] }
output "indexed" { value = { for i, p in local.peers : i => p.to } }
output "inverted" { value = { for k, v in { a = "x", b = "y" } : v => k } }
output "nested" { value = { (upper(var.env)) = { "${local.key}" = [var.env] } } }
