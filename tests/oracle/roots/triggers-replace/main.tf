resource "terraform_data" "a" {
  input            = { x = [1, "two"] }
  triggers_replace = ["v1", 2]
}

resource "terraform_data" "empty" {}

resource "terraform_data" "b" {
  triggers_replace = terraform_data.a.id
}

output "triggers" { value = terraform_data.a.triggers_replace }
output "second" { value = terraform_data.a.triggers_replace[1] }
output "input" { value = terraform_data.a.input.x[1] }
output "output" { value = terraform_data.a.output }
output "whole" { value = terraform_data.a }
output "empty" { value = terraform_data.empty }
output "unknown" { value = terraform_data.b.triggers_replace }
output "null_output" { value = terraform_data.b.output }
