output "vpc_ids" {
  value = { for name, vpc in module.vpc : name => vpc.id }
}

output "peering_ids" {
  value = { for name, peering in module.peering : name => peering.id }
}
