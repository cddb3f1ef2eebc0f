resource "terraform_data" "first" { input = "a" }

resource "terraform_data" "second" {
  input      = "b"
  depends_on = [terraform_data.first]
}

module "child" {
  source     = "./child"
  name       = terraform_data.second.input
  depends_on = [terraform_data.first, terraform_data.second]
}

output "name" {
  value      = module.child.name
  depends_on = [module.child]
}
output "id" { value = module.child.id }
