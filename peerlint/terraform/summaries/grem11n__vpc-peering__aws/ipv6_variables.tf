variable "use_ipv6" {
  type    = bool
  default = false
}
