resource "terraform_data" "it" { input = { a = 1 } }

locals {
  object = { a = { b = "c" } }
  cidr   = "10.0.0.0/33"
}

output "attribute" { value = try(local.object.a.x, local.object.a.b) }
output "index" { value = try(local.object["z"], "none") }
output "conversion" { value = try(tonumber("x"), tonumber("5")) }
output "cidr" { value = can(cidrhost(local.cidr, 0)) }
output "regex" { value = can(regex("^10\\.", local.cidr)) }
output "null" { value = try(null, "x") }
output "nested" { value = try(try(local.object.q, local.object.r), "deep") }
output "unknown" { value = try(terraform_data.it.id, "x") }
output "input" { value = try(terraform_data.it.input.b, terraform_data.it.input.a) }
output "list" { value = try([for x in local.object.a : x.y], []) }
output "tolist" { value = try(tolist(local.object), ["x"]) }
output "lookup" { value = [can(lookup(local.object, "z")), lookup(local.object, "z", "d")] }
