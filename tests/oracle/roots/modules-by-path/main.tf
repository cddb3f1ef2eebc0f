module "a" { source = "./modules/a" }
output "text" { value = module.a.text }
output "path" { value = module.a.path }
