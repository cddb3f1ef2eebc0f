resource "terraform_data" "a" { input = "known" }
resource "terraform_data" "b" { input = terraform_data.a.id }
output "id" { value = terraform_data.a.id }
output "template" { value = "id-${terraform_data.a.id}" }
output "object" { value = { known = 1, unknown = terraform_data.a.id } }
output "length" { value = length([terraform_data.a.id, "x"]) }
output "kept" { value = true && terraform_data.a.id == "x" }
output "condition" { value = terraform_data.a.id == "x" ? 1 : 2 }
output "through" { value = terraform_data.b.input }
output "concat" { value = concat(["x"], [terraform_data.a.id]) }
output "contains" { value = contains(["x", terraform_data.a.id], "x") }
output "merged" { value = merge({ a = 1 }, { b = terraform_data.a.id }) }
output "flat" { value = flatten([["x"], [terraform_data.a.id]]) }
output "can" { value = can(terraform_data.a.id) }
