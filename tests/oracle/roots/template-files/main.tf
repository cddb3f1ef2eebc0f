locals { greeting = "Hello $${who}%%{ if loud }!%%{ endif }" }

resource "terraform_data" "it" { input = "x" }

output "policy" { value = templatefile("${path.module}/policy.tpl", { cidrs = ["10.0.0.0/8", "10.1.0.0/16"], name = "hub" }) }
output "decoded" { value = jsondecode(templatefile("list.json.tpl", { names = ["a", "b"] })) }
output "value" { value = templatefile("value.tpl", { value = { a = [1] } }) }
output "unknown" { value = templatefile("policy.tpl", { cidrs = [terraform_data.it.id], name = "hub" }) }
output "string" { value = templatestring(local.greeting, { who = "you", loud = true }) }
output "missing_file" { value = try(templatefile("nope.tpl", {}), "none") }
output "missing_variable" { value = can(templatefile("policy.tpl", { name = "hub" })) }
