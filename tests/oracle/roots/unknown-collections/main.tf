resource "terraform_data" "a" {
  count = 2
  input = count.index
}

locals { ids = terraform_data.a[*].id }

output "ids" { value = local.ids }
output "length" { value = length(local.ids) }
output "concat" { value = concat(local.ids, ["x"]) }
output "slice" { value = slice(local.ids, 0, 1) }
output "zipmap" { value = zipmap(["a", "b"], local.ids) }
output "zipmap_keys" { value = zipmap(local.ids, ["a", "b"]) }
output "set" { value = length(toset(local.ids)) }
output "product" { value = setproduct(["a", "b"], local.ids) }
output "formatted" { value = formatlist("%s-%s", "x", local.ids) }
output "joined" { value = join(",", local.ids) }
output "keys" { value = keys({ for i, id in local.ids : i => id }) }
output "by_id" { value = { for id in local.ids : id => 1 } }
output "sorted" { value = sort(local.ids) }
output "reversed" { value = reverse(local.ids) }
output "chunks" { value = chunklist(concat(local.ids, local.ids), 3) }
output "distinct" { value = distinct(local.ids) }
output "compact" { value = compact(local.ids) }
output "lookup" { value = lookup({ a = local.ids[0], b = "y" }, "b", "z") }
output "coalesce" { value = coalesce(null, local.ids[0]) }
output "coalesce_known" { value = coalesce("x", local.ids[0]) }
output "coalescelist" { value = coalescelist([], local.ids) }
output "flatten" { value = flatten([["x"], [local.ids[0]]]) }
output "merge" { value = merge({ a = 1 }, { b = local.ids[0] }) }
output "values" { value = values({ b = local.ids[0], a = "x" }) }
output "json" { value = jsonencode({ id = local.ids[0] }) }
output "filtered" { value = [for id in local.ids : id if id != "x"] }
output "mapped" { value = [for id in local.ids : "${id}/x"] }
output "element" { value = element(local.ids, 3) }
output "split" { value = split("-", local.ids[0]) }
output "one" { value = one([local.ids[0]]) }
output "transpose" { value = transpose({ a = [local.ids[0]] }) }
output "range" { value = range(length(local.ids)) }
