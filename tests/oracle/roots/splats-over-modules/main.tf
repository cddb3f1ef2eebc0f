module "counted" {
  source = "./vpc"
  count  = 2
  name   = "n${count.index}"
}

module "none" {
  source = "./vpc"
  count  = 0
  name   = "none"
}

module "single" {
  source = "./vpc"
  name   = "s"
}

output "names" { value = module.counted[*].vpc.name }
output "legacy" { value = module.counted.*.vpc }
output "cidrs" { value = flatten(module.counted[*].cidrs) }
output "ids" { value = module.counted[*].vpc.id }
output "of_one" { value = module.single[*].vpc.name }
output "none" { value = module.none[*].vpc }
output "one" { value = one(module.none[*].vpc) }
output "tried" { value = try(module.none[0].vpc.name, "fallback") }
output "joined" { value = join(",", module.none[*].vpc.name) }
output "second" { value = module.counted[1] }
output "all" { value = module.counted }
