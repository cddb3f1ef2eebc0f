variable "prefix" { default = "10.20" }
variable "zones" {
  type    = list(string)
  default = ["a", "b", "c"]
}
variable "number" {
  type    = number
  default = "3"
}
variable "set_by_file" {}
locals {
  cidr    = "${var.prefix}.0.0/16"
  subnets = [for i, zone in var.zones : cidrsubnet(local.cidr, 8, i)]
  by_zone = { for i, zone in var.zones : zone => local.subnets[i] if zone != "b" }
}
output "cidr" { value = local.cidr }
output "subnets" { value = local.subnets }
output "by_zone" { value = local.by_zone }
output "number" { value = var.number + 1 }
output "file" { value = var.set_by_file }
