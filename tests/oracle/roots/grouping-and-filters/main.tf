locals {
  routes = [
    { table = "a", cidr = "10.0.0.0/16", on = true },
    { table = "b", cidr = "10.1.0.0/16", on = true },
    { table = "a", cidr = "10.2.0.0/16", on = false },
    { table = "a", cidr = "10.3.0.0/16", on = true },
  ]
  tables = toset(local.routes[*].table)
}

output "grouped" { value = { for r in local.routes : r.table => r.cidr... if r.on } }
output "filtered" { value = [for r in local.routes : r.cidr if r.on && r.table != "b"] }
output "indexes" { value = [for i, r in local.routes : i if r.table == "a"] }
output "products" { value = [for pair in setproduct(local.tables, [1, 2]) : "${pair[0]}${pair[1]}"] }
output "nested" { value = { for t in local.tables : t => { for r in local.routes : r.cidr => r.on if r.table == t } } }
output "flattened" { value = merge([for t in local.tables : { for r in local.routes : "${t}/${r.cidr}" => r.on if r.table == t }]...) }
output "of_map" { value = { for k, v in { b = 1, a = 2 } : v => k if v > 1 } }
output "of_text_condition" { value = [for x in ["true", "false"] : x if x] }
output "empty" { value = { for r in local.routes : r.table => r if false } }
output "counted" { value = { for t, rs in { for r in local.routes : r.table => r... } : t => length(rs) } }
