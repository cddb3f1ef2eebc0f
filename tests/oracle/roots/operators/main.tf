locals { text = "5" }

output "logic" { value = [true && false, true || false, !true, "true" && true, !"false"] }
output "equality" { value = [1 == "1", "a" == "a", null == null, [] == [], { a = 1 } == { a = 1 }, "" == null] }
output "lists" { value = [tolist([1]) == [1], [1, "a"] == [1, "a"], toset([1, 2]) == toset([2, 1])] }
output "inequality" { value = [1 != 2, "a" != "b", [1] != [1]] }
output "arithmetic" { value = [local.text + 1, local.text * "2", -local.text] }
output "grouped" { value = (1 + 2) * (3 - 1) }
output "double_negation" { value = [!!true, - -1] }
output "in_templates" { value = "${1 + 2}-${true}-${"a" == "a"}" }
output "stripped" { value = "a ${~ "b" ~} c" }
