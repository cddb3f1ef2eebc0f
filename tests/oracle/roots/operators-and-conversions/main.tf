output "sum" { value = "1" + 2 }
output "precedence" { value = 1 + 2 * 3 - 4 / 2 }
output "modulo" { value = 7 % 4 }
output "fraction" { value = 1 / 4 }
output "negative" { value = -(3) }
output "equal_types" { value = "1" == 1 }
output "logic" { value = !false && (true || false) }
output "compare" { value = 2 > 1 && 2 >= 2 && !(1 < 1) }
output "text_condition" { value = "true" ? "yes" : "no" }
output "nulls" { value = coalesce(null, "", "x") }
output "nested" { value = { a = [1, { b = [2, 3] }] }.a[1].b[*] }
output "legacy" { value = [["p", "q"], ["r"]].0[1] }
