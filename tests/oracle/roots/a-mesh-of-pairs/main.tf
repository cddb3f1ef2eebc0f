locals {
  names  = ["a", "b", "c"]
  spokes = { for i, name in local.names : name => cidrsubnet("10.0.0.0/12", 4, i + 1) }
  pairs = { for pair in setproduct(range(3), range(3)) :
    "${local.names[pair[0]]}-${local.names[pair[1]]}" => local.spokes[local.names[pair[1]]]
    if pair[0] < pair[1]
  }
}
output "spokes" { value = local.spokes }
output "pairs" { value = local.pairs }
output "keys" { value = keys(local.pairs) }
output "slices" { value = [slice(local.names, 1, 3), element(local.names, 5), index(local.names, "b")] }
