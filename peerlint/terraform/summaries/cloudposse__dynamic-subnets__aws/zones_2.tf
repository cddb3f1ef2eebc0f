# Up to 2.4, a zone has as many public subnets as private ones.

locals {
  public_zones  = flatten([for zone in local.zones : [for n in range(0, var.subnets_per_az_count) : zone]])
  private_zones = local.public_zones
  public_count  = local.enabled ? length(local.public_zones) : 0
  private_count = local.public_count

  reserved = (var.max_subnet_count == 0 ? (local.enabled ? length(data.aws_availability_zones.default[0].names) : 0) : var.max_subnet_count) * var.subnets_per_az_count

  private_reserved = (local.has_private ? 1 : 0) * local.reserved
  public_reserved  = (local.has_public ? 1 : 0) * local.reserved

  nat_count     = min(local.public_count, var.max_nats)
  public_names  = var.subnets_per_az_names
  private_names = var.subnets_per_az_names
}
