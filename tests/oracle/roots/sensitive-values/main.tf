variable "secret" {
  default   = "s3cret"
  sensitive = true
}

variable "token" {
  type      = string
  default   = "t"
  ephemeral = true
}

locals {
  marked = sensitive({ cidr = "10.0.0.0/16", list = ["a"] })
}

module "child" {
  source = "./child"
  value  = var.secret
}

output "open" { value = nonsensitive(var.secret) }
output "cidr" { value = nonsensitive(local.marked.cidr) }
output "upper" { value = nonsensitive(upper(var.secret)) }
output "length" { value = length(nonsensitive(local.marked.list)) }
output "child" { value = nonsensitive(module.child.value) }
output "kept" {
  value     = var.secret
  sensitive = true
}
output "ephemeral" { value = ephemeralasnull("plain") }
