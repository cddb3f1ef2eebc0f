# The inputs on which the network depends, beside those of the label.

variable "requestor_vpc_id" {
  type    = string
  default = ""
}

variable "requestor_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "requestor_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "requestor_ignore_cidrs" {
  type    = list(string)
  default = []
}

variable "requestor_allow_remote_vpc_dns_resolution" {
  type    = bool
  default = true
}

variable "acceptor_vpc_id" {
  type    = string
  default = ""
}

variable "acceptor_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "acceptor_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "acceptor_ignore_cidrs" {
  type    = list(string)
  default = []
}

variable "acceptor_allow_remote_vpc_dns_resolution" {
  type    = bool
  default = true
}

variable "auto_accept" {
  type    = bool
  default = true
}
