module "grandchild" { source = "../grandchild" }
output "paths" { value = [path.module, path.root, module.grandchild.path] }
output "file" { value = trimspace(file("${path.module}/text.txt")) }
