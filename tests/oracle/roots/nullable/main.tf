module "child" {
  source     = "./child"
  plain      = null
  strict     = null
  defaulted  = null
  typed      = null
  no_default = null
}

module "given" {
  source     = "./child"
  plain      = "a"
  strict     = "b"
  defaulted  = ["c"]
  typed      = { size = "2" }
  no_default = "d"
}

output "null" { value = module.child.all }
output "given" { value = module.given.all }
