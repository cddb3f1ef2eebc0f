# The name of the connection, which is a tag.

variable "name" {
  type    = string
  default = ""
}

locals {
  name_tag = var.name == "" ? {} : { Name = var.name }
}
