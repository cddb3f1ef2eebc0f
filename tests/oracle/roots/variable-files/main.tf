variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = "default" }
variable "list" {
  type    = list(string)
  default = []
}
variable "object" { type = object({ a = string, b = optional(number, 2) }) }
output "all" { value = [var.a, var.b, var.c, var.d, var.e] }
output "list" { value = var.list }
output "object" { value = var.object }
