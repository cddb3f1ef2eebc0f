module "b" { source = "../b/." }
output "text" { value = "${module.b.text}!" }
output "path" { value = [path.module, module.b.path] }
