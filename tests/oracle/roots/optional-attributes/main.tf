variable "peering" {
  type = object({
    name    = string
    cidr    = optional(string, "10.9.0.0/16")
    auto    = optional(bool, true)
    ports   = optional(list(number), [443])
    tags    = optional(map(string), {})
    dns     = optional(object({ requester = optional(bool, false), accepter = optional(bool) }), {})
    routes  = optional(map(object({ cidr = string, note = optional(string, "none") })), {})
    nothing = optional(string)
  })
  default = {
    name   = "a"
    auto   = "false"
    ports  = null
    dns    = { requester = "true" }
    routes = { r = { cidr = "10.0.0.0/8" }, s = { cidr = "10.1.0.0/16", note = null } }
    extra  = "dropped"
  }
}

variable "list" {
  type    = list(object({ a = optional(string, "d"), b = optional(list(string)) }))
  default = [{}, { a = 1 }, { b = ["x", 2] }]
}

variable "tuple" {
  type    = tuple([string, number, object({ on = optional(bool, true) })])
  default = [1, "2", {}]
}

output "peering" { value = var.peering }
output "list" { value = var.list }
output "tuple" { value = var.tuple }
output "nothing" { value = var.peering.nothing == null }
