variable "plain" { default = "plain" }
variable "strict" {
  default  = "strict"
  nullable = false
}
variable "defaulted" {
  type     = list(string)
  default  = [1, 2]
  nullable = false
}
variable "typed" {
  type     = object({ size = optional(number, 1) })
  default  = {}
  nullable = false
}
variable "no_default" { type = string }
output "all" { value = [var.plain, var.strict, var.defaulted, var.typed, var.no_default] }
