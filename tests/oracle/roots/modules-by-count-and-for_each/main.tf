locals { nets = { a = ["10.0.0.0/24", "10.0.1.0/24"], b = ["10.1.0.0/24"] } }
module "mid" {
  source = "./mid"
  count  = 2
  nets   = local.nets
  suffix = count.index
}
output "objects" { value = module.mid[*].objects }
output "one" { value = module.mid[1].leaf["a"].obj.list[0].block }
output "splat" { value = module.mid[*].leaf["b"].inputs }
output "names" { value = [for m in module.mid : [for l in values(m.leaf) : l.obj.name]] }
output "unknown" { value = module.mid[0].leaf["a"].ids }
output "count" { value = length(module.mid) }
output "keys" { value = keys(module.mid[0].leaf) }
output "none" { value = module.none[*].objects }
output "tried" { value = try(module.none[0].objects, "nothing") }
output "negative" { value = try(module.mid[2].objects, "nothing") }
module "none" {
  source = "./mid"
  count  = 0
  nets   = {}
  suffix = 0
}
