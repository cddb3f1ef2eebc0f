terraform {
  required_version = ">= 1.5"
}

variable "cidr" {
  default = "10.0.0.0/16"
  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "A CIDR block is needed."
  }
}

resource "terraform_data" "new" {
  input = var.cidr
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [input]
    precondition {
      condition     = var.cidr != ""
      error_message = "No CIDR block."
    }
    postcondition {
      condition     = self.input != ""
      error_message = "No input."
    }
  }
  provisioner "local-exec" {
    command = "true"
  }
}

moved {
  from = terraform_data.old
  to   = terraform_data.new
}

removed {
  from = terraform_data.gone
  lifecycle {
    destroy = false
  }
}

check "cidr" {
  assert {
    condition     = var.cidr != ""
    error_message = "No CIDR block."
  }
}

output "cidr" {
  value       = terraform_data.new.input
  description = "The block."
  precondition {
    condition     = var.cidr != ""
    error_message = "No CIDR block."
  }
}
output "id" { value = terraform_data.new.id }
