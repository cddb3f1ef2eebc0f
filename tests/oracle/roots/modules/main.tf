module "net" {
  source   = "./modules/net"
  for_each = { hub = 0, spoke = 1 }
  name     = each.key
  index    = each.value
}
module "pair" {
  source = "./modules/pair"
  count  = 1
  left   = module.net["hub"].cidr
  right  = module.net["spoke"].cidr
}
output "cidrs" { value = { for name, net in module.net : name => net.cidr } }
output "pair" { value = module.pair[0].text }
output "all_pairs" { value = module.pair[*].text }
output "object" { value = module.net["hub"] }
output "id" { value = module.net["hub"].id }
