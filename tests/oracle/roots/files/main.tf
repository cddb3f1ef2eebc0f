locals {
  peers = yamldecode(file("${path.module}/peers.yaml"))
  rows  = csvdecode(file("routes.csv"))
}

output "peers" { value = local.peers }
output "cidrs" { value = [for name, peer in local.peers : "${name}=${peer.cidr}"] }
output "rows" { value = { for row in local.rows : row.cidr => row.target } }
output "json" { value = jsondecode(file("config/a.json")) }
output "merged" { value = merge([for f in fileset(path.module, "config/*.json") : jsondecode(file("${path.module}/${f}"))]...) }
output "files" { value = fileset("${path.module}/config", "**") }
output "exists" { value = [fileexists("routes.csv"), fileexists("nope")] }
output "hash" { value = [filesha256("routes.csv"), filebase64("routes.csv"), filemd5("routes.csv")] }
output "names" { value = [basename("a/b.txt"), dirname("a/b.txt"), trimsuffix(basename("config/a.json"), ".json")] }
output "missing" { value = try(file("nope"), "none") }
