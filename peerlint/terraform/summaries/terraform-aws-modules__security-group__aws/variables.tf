# The inputs on which the network depends.

variable "create" {
  type    = bool
  default = true
}

variable "putin_khuylo" {
  type    = bool
  default = true
}

variable "create_sg" {
  type    = bool
  default = true
}

variable "security_group_id" {
  type    = string
  default = null
}

variable "vpc_id" {
  type    = string
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "use_name_prefix" {
  type    = bool
  default = true
}

variable "ingress_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_ipv6_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "ingress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "ingress_rules" {
  type    = list(string)
  default = []
}

variable "computed_ingress_rules" {
  type    = list(string)
  default = []
}

variable "number_of_computed_ingress_rules" {
  type    = number
  default = 0
}

variable "ingress_with_self" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_with_self" {
  type    = number
  default = 0
}

variable "ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_with_cidr_blocks" {
  type    = number
  default = 0
}

variable "ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}

variable "ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "computed_ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_ingress_with_source_security_group_id" {
  type    = number
  default = 0
}

variable "egress_cidr_blocks" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

variable "egress_ipv6_cidr_blocks" {
  type    = list(string)
  default = ["::/0"]
}

variable "egress_prefix_list_ids" {
  type    = list(string)
  default = []
}

variable "egress_rules" {
  type    = list(string)
  default = []
}

variable "computed_egress_rules" {
  type    = list(string)
  default = []
}

variable "number_of_computed_egress_rules" {
  type    = number
  default = 0
}

variable "egress_with_self" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_self" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_with_self" {
  type    = number
  default = 0
}

variable "egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_with_cidr_blocks" {
  type    = number
  default = 0
}

variable "egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_with_ipv6_cidr_blocks" {
  type    = number
  default = 0
}

variable "egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "computed_egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}

variable "number_of_computed_egress_with_source_security_group_id" {
  type    = number
  default = 0
}
