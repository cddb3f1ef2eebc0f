variable "hub" {
  type    = object({ cidr = string, azs = list(string) })
  default = { cidr = "10.0.0.0/16", azs = ["a", "b", "c"] }
}

variable "spokes" {
  type = map(object({
    cidr    = string
    azs     = optional(list(string), ["a", "b"])
    peered  = optional(bool, true)
    newbits = optional(number, 4)
  }))
  default = {
    dev  = { cidr = "10.1.0.0/16" }
    prod = { cidr = "10.2.0.0/16", azs = ["a", "b", "c"], newbits = 8 }
    lab  = { cidr = "192.168.0.0/20", peered = false }
  }
}

locals {
  vpcs   = merge({ hub = { cidr = var.hub.cidr, azs = var.hub.azs, peered = true, newbits = 4 } }, var.spokes)
  peered = { for name, spoke in var.spokes : name => spoke if spoke.peered }
  subnets = merge([
    for name, vpc in local.vpcs : {
      for i, az in vpc.azs : "${name}-${az}" => { vpc = name, cidr = cidrsubnet(vpc.cidr, vpc.newbits, i) }
    }
  ]...)
  routes = flatten([
    for name, spoke in local.peered : [
      for table in ["hub", name] : {
        key  = "${table}->${table == "hub" ? name : "hub"}"
        cidr = table == "hub" ? spoke.cidr : var.hub.cidr
        pcx  = terraform_data.peering[name].id
      }
    ]
  ])
}

resource "terraform_data" "peering" {
  for_each = local.peered
  input    = { requester = var.hub.cidr, accepter = each.value.cidr }
}

output "subnets" { value = local.subnets }
output "routes" { value = { for route in local.routes : route.key => route } }
output "peerings" { value = [for p in terraform_data.peering : p.input.accepter] }
output "hosts" { value = { for k, s in local.subnets : k => cidrhost(s.cidr, -2) if s.vpc == "hub" } }
output "masks" { value = distinct([for s in values(local.subnets) : cidrnetmask(s.cidr)]) }
output "total" { value = sum([for vpc in local.vpcs : length(vpc.azs)]) }
output "pairs" { value = [for p in setproduct(range(3), range(3)) : join("-", p) if p[0] < p[1]] }
