# Since 3.0 the number of public and of private subnets in a zone may differ, and NAT gateways are where they are wanted.

variable "public_subnets_per_az_count" {
  type    = number
  default = null
}

variable "private_subnets_per_az_count" {
  type    = number
  default = null
}

variable "public_subnets_per_az_names" {
  type    = list(string)
  default = null
}

variable "private_subnets_per_az_names" {
  type    = list(string)
  default = null
}

variable "nat_gateway_public_subnet_indices" {
  type     = list(number)
  default  = [0]
  nullable = false
}

variable "nat_gateway_public_subnet_names" {
  type    = list(string)
  default = null
}

locals {
  public_in_zone  = coalesce(var.public_subnets_per_az_count, var.subnets_per_az_count)
  private_in_zone = coalesce(var.private_subnets_per_az_count, var.subnets_per_az_count)
  public_names    = var.public_subnets_per_az_names != null ? var.public_subnets_per_az_names : var.subnets_per_az_names
  private_names   = var.private_subnets_per_az_names != null ? var.private_subnets_per_az_names : var.subnets_per_az_names

  public_zones  = local.has_public ? flatten([for zone in local.zones : [for n in range(0, local.public_in_zone) : zone]]) : []
  private_zones = local.has_private ? flatten([for zone in local.zones : [for n in range(0, local.private_in_zone) : zone]]) : []
  public_count  = local.has_public ? length(local.public_zones) : 0
  private_count = local.has_private ? length(local.private_zones) : 0

  most             = var.max_subnet_count == 0 ? (local.enabled ? length(data.aws_availability_zones.default[0].names) : 0) : var.max_subnet_count
  private_reserved = (local.has_private ? 1 : 0) * local.most * local.private_in_zone
  public_reserved  = (local.has_public ? 1 : 0) * local.most * local.public_in_zone

  index_of    = { for index, name in local.public_names : name => index }
  nat_indices = var.nat_gateway_public_subnet_names != null ? [for name in var.nat_gateway_public_subnet_names : lookup(local.index_of, name, -1)] : var.nat_gateway_public_subnet_indices
  nat_subnets = local.nat_useful ? flatten([
    for zone in range(min(length(local.zones), var.max_nats)) : [
      for index in local.nat_indices : zone * local.public_in_zone + index if index >= 0 && index < local.public_in_zone
    ]
  ]) : []
  nat_count = length(local.nat_subnets)
  in_zone   = local.nat_count > 0 ? length(local.nat_indices) : 0
  nat_of_private = local.has_nat && local.private_four ? [
    for n in range(local.private_tables) :
    (floor(n / local.private_in_zone) * local.in_zone + (n % local.private_in_zone) % local.in_zone) % local.nat_count
  ] : []
  nat_of_public = local.has_gateways && local.public_dns64 ? [
    for n in range(local.public_tables) :
    (floor(n / local.public_in_zone) * local.in_zone + (n % local.public_in_zone) % local.in_zone) % local.nat_count
  ] : []
}
