variable "on" { default = true }
variable "off" { default = false }

output "number_as_text" { value = var.on ? 1 : "a" }
output "bool_as_text" { value = var.off ? "a" : true }
output "null" { value = var.on ? null : "a" }
output "list" { value = var.on ? [1] : ["a", "b"] }
output "list_equal" { value = (var.on ? [1, 2] : []) == tolist([1, 2]) }
output "tuple_equal" { value = (var.on ? [1, "a"] : [2, "b"]) == [1, "a"] }
output "map" { value = var.on ? { a = 1 } : { b = "x" } }
output "map_equal" { value = (var.on ? { a = 1 } : {}) == tomap({ a = 1 }) }
output "nested" { value = var.off ? {} : { a = { x = 1 }, b = { y = "q" } } }
output "set" { value = var.on ? toset(["b", "a"]) : [] }
output "chain" { value = var.off ? "a" : var.off ? 2 : 3 }
output "text_condition" { value = "true" ? "yes" : "no" }
output "digit_condition" { value = "0" ? "yes" : "no" }
output "broken_arm" { value = var.on ? "fine" : tolist("x")[3] }
