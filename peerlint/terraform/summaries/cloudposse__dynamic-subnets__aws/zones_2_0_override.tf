# In 2.0 a zone has one subnet of each tier.

locals {
  public_zones = local.zones
  reserved     = var.max_subnet_count == 0 ? (local.enabled ? length(data.aws_availability_zones.default[0].names) : 0) : var.max_subnet_count
}
