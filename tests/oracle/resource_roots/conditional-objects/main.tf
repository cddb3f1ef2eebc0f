variable "mode" { default = "hub" }
variable "peers" {
  type = list(object({
    name   = string
    cidr   = optional(string)
    region = optional(string, "eu-west-1")
    routes = optional(list(object({ cidr = string, table = optional(string, "main") })), [])
  }))
  default = [
    { name = "one", cidr = "10.1.0.0/16" },
    { name = "two", region = null, routes = [{ cidr = "10.2.0.0/24" }, { cidr = "10.2.1.0/24", table = "private" }] },
  ]
}
locals {
  settings = {
    hub   = { cidr = "10.0.0.0/16", dns = true, tags = { Role = "hub" } }
    spoke = { cidr = "10.9.0.0/16", dns = false, tags = {} }
  }
  chosen = local.settings[var.mode]
  peers  = { for peer in var.peers : peer.name => peer }
  routes = merge([for peer in var.peers : { for i, route in peer.routes : "${peer.name}-${i}" => route }]...)
}
resource "aws_vpc" "it" {
  cidr_block           = local.chosen.cidr
  enable_dns_hostnames = local.chosen.dns
  tags                 = merge(local.chosen.tags, var.mode == "hub" ? { Kind = "x" } : {}, { for k, v in local.settings : k => v.cidr if k != var.mode })
}
resource "aws_vpc_peering_connection" "peer" {
  for_each    = local.peers
  vpc_id      = aws_vpc.it.id
  peer_vpc_id = "vpc-${each.key}"
  peer_region = each.value.region != "eu-west-1" ? each.value.region : null
  auto_accept = each.value.cidr == null ? false : true
  dynamic "requester" {
    for_each = each.value.cidr != null ? [each.value] : []
    content {
      allow_remote_vpc_dns_resolution = requester.value.name == "one"
    }
  }
}
resource "aws_route" "peer" {
  for_each                  = { for name, peer in local.peers : name => peer.cidr if try(peer.cidr, null) != null }
  route_table_id            = aws_vpc.it.main_route_table_id
  destination_cidr_block    = each.value
  vpc_peering_connection_id = aws_vpc_peering_connection.peer[each.key].id
}
resource "aws_route" "more" {
  for_each                  = local.routes
  route_table_id            = each.value.table == "main" ? aws_vpc.it.main_route_table_id : "rtb-${each.value.table}"
  destination_cidr_block    = each.value.cidr
  vpc_peering_connection_id = values(aws_vpc_peering_connection.peer)[0].id
}
resource "aws_security_group_rule" "r" {
  count             = length(var.peers) > 1 && var.mode == "hub" ? 1 : 0
  type              = count.index == 0 ? "ingress" : "egress"
  security_group_id = aws_vpc.it.default_security_group_id
  protocol          = lower("TCP")
  from_port         = max(22, 20)
  to_port           = 20 + 3
  cidr_blocks       = compact([for peer in var.peers : peer.cidr == null ? "" : peer.cidr])
}
output "regions" { value = [for p in var.peers : coalesce(p.region, "none")] }
output "settings" { value = local.chosen }
