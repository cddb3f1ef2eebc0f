# Up to 5.1.1 intra subnets count for the number of NAT gateways and private tables as well.

locals {
  widest = max(local.private_size, local.public_size, local.intra_size, local.elasticache_size, local.database_size, local.redshift_size)
}
