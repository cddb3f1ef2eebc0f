locals {
  composed   = "\u00e9"
  decomposed = "e\u0301"
  family     = "👨‍👩‍👧"
}

output "equal" { value = local.composed == local.decomposed }
output "normalized" { value = local.decomposed }
output "template" { value = "x${local.decomposed}y" }
output "length" { value = [length(local.decomposed), length(local.family), length("☃x")] }
output "substr" { value = substr("${local.family}x", 0, 1) }
output "reversed" { value = strrev("ab${local.family}") }
output "cases" { value = [upper("straße"), lower("ÀÉ"), title("élan vital")] }
output "keys" { value = { "é" = 1, z = 2, "Z" = 3, "☃" = 4 } }
output "sorted" { value = sort(["é", "z", "Z", "☃", "a"]) }
output "set" { value = toset(["é", "e\u0301"]) }
output "escapes" { value = "\U0001F600\t\"\\" }
