variable "environment" {
  description = "What the resources are named after"
  type        = string
  default     = "production"
}

variable "region" {
  description = "The Region of all VPCs"
  type        = string
  default     = "eu-west-1"
}

variable "hub_cidr" {
  description = "The block of the hub"
  type        = string
  default     = "10.0.0.0/16"
}

variable "spokes" {
  description = "The blocks of the spokes, by name"
  type        = map(string)
  default = {
    billing   = "10.1.0.0/16"
    catalogue = "10.2.0.0/16"
    payments  = "10.3.0.0/16"
    search    = "10.4.0.0/16"
    shop      = "10.5.0.0/16"
    warehouse = "10.6.0.0/16"
  }
}
