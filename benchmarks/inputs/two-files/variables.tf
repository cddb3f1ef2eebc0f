variable "region" {
  description = "The Region of both VPCs"
  type        = string
  default     = "eu-west-1"
}

variable "platform_cidr" {
  description = "The block of the platform's VPC"
  type        = string
  default     = "10.10.0.0/16"
}

variable "reports_cidr" {
  description = "The block of the reports' VPC"
  type        = string
  default     = "10.20.0.0/16"
}
