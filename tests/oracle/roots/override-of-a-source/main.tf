module "m" { source = "./base" }
output "o" { value = module.m.text }
