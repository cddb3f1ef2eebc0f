variable "name" {
  type = string
}

variable "cidr_block" {
  type = string

  validation {
    condition     = can(cidrnetmask(var.cidr_block))
    error_message = "An IPv4 block is needed."
  }
}
