variable "peering_id" {
  type = string
}

variable "requester_route_table_ids" {
  type = list(string)
}

variable "requester_cidr_block" {
  type = string
}

variable "accepter_route_table_ids" {
  type = list(string)
}

variable "accepter_cidr_block" {
  type = string
}
