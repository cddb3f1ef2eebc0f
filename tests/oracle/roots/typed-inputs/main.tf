module "child" {
  source  = "./child"
  text    = 12
  number  = "1.50"
  bool    = "true"
  list    = [1, "a", true]
  set     = ["b", "a", "b", 1]
  map     = { a = 1, b = true }
  any     = [1, "a"]
  alike   = [1, "a"]
  objects = [{ name = "a", port = "1" }, { name = 2, port = 3, extra = true }]
  tuple   = [1, "2", "true"]
  nested  = { a = { b = [1] } }
  free    = { a = [1, "x"], b = null }
  maps    = { a = { x = 1 }, b = { y = "z" } }
}

output "all" { value = module.child.all }
output "sorted" { value = module.child.sorted }
