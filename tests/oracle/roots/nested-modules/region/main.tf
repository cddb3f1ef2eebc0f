variable "name" { type = string }
variable "index" { type = number }
variable "zones" { type = list(string) }

module "zone" {
  source = "./zone"
  count  = length(var.zones)
  cidr   = local.cidr
  name   = "${var.name}${var.zones[count.index]}"
  index  = count.index
}

locals { cidr = cidrsubnet("10.0.0.0/8", 8, var.index) }

output "cidr" { value = local.cidr }
output "subnets" { value = module.zone[*].subnet }
output "ids" { value = module.zone[*].id }
