variable "text" { type = string }
variable "number" { type = number }
variable "bool" { type = bool }
variable "list" { type = list(string) }
variable "set" { type = set(string) }
variable "map" { type = map(string) }
variable "any" { type = any }
variable "alike" { type = list(any) }
variable "objects" { type = list(object({ name = string, port = number })) }
variable "tuple" { type = tuple([string, number, bool]) }
variable "nested" { type = map(map(list(string))) }
variable "free" {}
variable "maps" { type = map(any) }

output "all" {
  value = {
    text    = var.text
    number  = var.number
    bool    = var.bool
    list    = var.list
    set     = var.set
    map     = var.map
    any     = var.any
    alike   = var.alike
    objects = var.objects
    tuple   = var.tuple
    nested  = var.nested
    free    = var.free
    maps    = var.maps
  }
}
output "sorted" { value = [for x in var.set : x] }
