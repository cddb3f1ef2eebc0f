module "child" { source = "./modules/child" }

output "root" { value = path.root }
output "module" { value = path.module }
output "child" { value = module.child.paths }
output "file" { value = module.child.file }
output "same" { value = path.cwd == abspath(path.root) }
