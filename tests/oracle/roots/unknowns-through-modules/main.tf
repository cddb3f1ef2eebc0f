resource "terraform_data" "vpc" { input = "vpc" }

module "net" {
  source = "./net"
  vpc_id = terraform_data.vpc.id
  peers  = { a = terraform_data.vpc.id, b = "vpc-1" }
  list   = [terraform_data.vpc.id, "x"]
  typed  = { id = terraform_data.vpc.id }
}

output "id" { value = module.net.id }
output "made" { value = module.net.made }
output "peers" { value = module.net.peers }
output "names" { value = module.net.names }
output "length" { value = module.net.length }
output "first" { value = module.net.first }
output "typed" { value = module.net.typed }
output "inputs" { value = module.net.inputs }
