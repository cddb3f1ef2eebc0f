# The tags of both sides, which are the same where one side is as good as the other.

variable "tags" {
  type    = map(string)
  default = {}
}

locals {
  is_one_account = data.aws_caller_identity.this.account_id == data.aws_caller_identity.peer.account_id
  is_one_place   = data.aws_region.this.region == data.aws_region.peer.region && local.is_one_account
  requester_tags = merge(var.tags, local.name_tag, { Side = local.is_one_place ? "Both" : "Requester" })
  accepter_tags  = merge(var.tags, local.name_tag, { Side = local.is_one_place ? "Both" : "Accepter" })
}
