locals {
  list   = [{ a = 1, b = [1, 2] }, { a = 2, b = [3] }]
  single = { a = 1, b = [1, 2] }
  none   = null
  set    = toset([{ a = 2 }, { a = 1 }])
  map    = { x = { a = 1 } }
}

output "list" { value = local.list[*].a }
output "index" { value = local.list[*].b[0] }
output "legacy_index" { value = local.list.*.b[0] }
output "legacy" { value = local.list.*.a }
output "single" { value = local.single[*].a }
output "none" { value = local.none[*] }
output "none_attribute" { value = local.none[*].a }
output "set" { value = local.set[*].a }
output "map" { value = local.map[*] }
output "text" { value = "x"[*] }
output "flat" { value = flatten(local.list[*].b) }
output "dotted" { value = local.list.0.b.1 }
output "quoted" { value = local.single["a"] }
output "number_as_text" { value = local.list["1"].a }
