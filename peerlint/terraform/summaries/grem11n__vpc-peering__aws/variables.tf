# The inputs on which the network depends.

variable "this_vpc_id" {
  type    = string
  default = ""
}

variable "this_subnets_ids" {
  type    = list(string)
  default = []
}

variable "this_rts_ids" {
  type    = list(string)
  default = []
}

variable "this_dns_resolution" {
  type    = bool
  default = false
}

variable "from_this" {
  type    = bool
  default = true
}

variable "from_this_associated" {
  type    = bool
  default = false
}

variable "peer_vpc_id" {
  type    = string
  default = ""
}

variable "peer_subnets_ids" {
  type    = list(string)
  default = []
}

variable "peer_rts_ids" {
  type    = list(string)
  default = []
}

variable "peer_dns_resolution" {
  type    = bool
  default = false
}

variable "from_peer" {
  type    = bool
  default = true
}

variable "from_peer_associated" {
  type    = bool
  default = false
}

variable "auto_accept_peering" {
  type    = bool
  default = false
}
