# The inputs on which the network depends, beside those of the label.

variable "requester_region" {
  type = string
}

variable "requester_aws_assume_role_arn" {
  type = string
}

variable "requester_aws_profile" {
  type    = string
  default = ""
}

variable "requester_aws_access_key" {
  type    = string
  default = null
}

variable "requester_aws_secret_key" {
  type    = string
  default = null
}

variable "requester_aws_token" {
  type    = string
  default = null
}

variable "requester_vpc_id" {
  type    = string
  default = ""
}

variable "requester_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "requester_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "requester_allow_remote_vpc_dns_resolution" {
  type    = bool
  default = true
}

variable "accepter_region" {
  type = string
}

variable "accepter_aws_assume_role_arn" {
  type    = string
  default = null
}

variable "accepter_aws_profile" {
  type    = string
  default = ""
}

variable "accepter_aws_access_key" {
  type    = string
  default = null
}

variable "accepter_aws_secret_key" {
  type    = string
  default = null
}

variable "accepter_aws_token" {
  type    = string
  default = null
}

variable "accepter_vpc_id" {
  type    = string
  default = ""
}

variable "accepter_vpc_tags" {
  type    = map(string)
  default = {}
}

variable "accepter_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "accepter_allow_remote_vpc_dns_resolution" {
  type    = bool
  default = true
}

variable "accepter_enabled" {
  type    = bool
  default = true
}

variable "auto_accept" {
  type    = bool
  default = true
}

variable "add_attribute_tag" {
  type    = bool
  default = true
}
