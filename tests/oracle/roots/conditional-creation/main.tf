variable "create" { default = true }
variable "other" { default = "" }

resource "terraform_data" "yes" {
  count = var.create ? 1 : 0
  input = "yes"
}

resource "terraform_data" "no" {
  count = var.create ? 0 : 1
  input = "no"
}

resource "terraform_data" "each" {
  for_each = var.create ? toset(["a"]) : toset([])
  input    = each.key
}

resource "terraform_data" "from_text" {
  count = var.other != "" ? "1" : "0"
}

locals {
  ids   = concat(terraform_data.yes[*].id, terraform_data.no[*].id)
  input = one(concat(terraform_data.yes[*].input, terraform_data.no[*].input))
}

output "one" { value = one(terraform_data.yes[*].input) }
output "none" { value = one(terraform_data.no[*].input) }
output "tried" { value = try(terraform_data.no[0].input, null) }
output "tried_there" { value = try(terraform_data.yes[0].input, "none") }
output "tried_id" { value = try(terraform_data.yes[0].id, "none") }
output "element" { value = element(concat(terraform_data.yes[*].input, [""]), 0) }
output "joined" { value = join("", terraform_data.no[*].id) }
output "coalesced" { value = coalesce(one(terraform_data.no[*].input), "fallback") }
output "ids" { value = local.ids }
output "input" { value = local.input }
output "conditional" { value = var.create ? terraform_data.yes[0].input : terraform_data.no[0].input }
output "conditional_id" { value = length(terraform_data.no) > 0 ? terraform_data.no[0].id : "none" }
output "each" { value = [for key, it in terraform_data.each : "${key}${it.input}"] }
output "from_text" { value = length(terraform_data.from_text) }
output "legacy" { value = element(concat(terraform_data.yes.*.input, [""]), 0) }
