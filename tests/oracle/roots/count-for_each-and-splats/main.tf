resource "terraform_data" "counted" {
  count = 2
  input = "n${count.index}"
}
resource "terraform_data" "each" {
  for_each = { eu = "10.0.0.0/16", us = "10.1.0.0/16" }
  input    = { name = each.key, cidr = each.value }
}
resource "terraform_data" "none" {
  count = 0
  input = "x"
}
output "inputs" { value = terraform_data.counted[*].input }
output "legacy" { value = terraform_data.counted.*.input }
output "second" { value = terraform_data.counted[1].input }
output "ids" { value = terraform_data.counted[*].id }
output "eu" { value = terraform_data.each["eu"].input.cidr }
output "all" { value = [for key, it in terraform_data.each : "${key}=${it.input.cidr}"] }
output "values" { value = values(terraform_data.each)[*].input.name }
output "empty" { value = terraform_data.none[*].input }
output "optional" { value = join("", terraform_data.none[*].input) }
output "tried" { value = try(terraform_data.none[0].input, "fallback") }
output "length" { value = length(terraform_data.counted) }
