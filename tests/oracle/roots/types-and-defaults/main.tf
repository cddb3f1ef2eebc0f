variable "peers" {
  type = list(object({
    name   = string
    cidr   = optional(string, "10.9.0.0/16")
    accept = optional(bool, true)
    ports  = optional(list(number))
  }))
  default = [{ name = "a" }, { name = "b", cidr = "10.8.0.0/16", accept = "false", extra = 1 }]
}
variable "tags" {
  type    = map(string)
  default = { a = 1, b = true }
}
variable "flags" {
  type    = set(string)
  default = ["b", "a", "b"]
}
output "peers" { value = var.peers }
output "tags" { value = var.tags }
output "flags" { value = var.flags }
output "pairs" { value = setproduct(var.flags, ["x", "y"]) }
output "grouped" { value = { for peer in var.peers : peer.accept => peer.name... } }
