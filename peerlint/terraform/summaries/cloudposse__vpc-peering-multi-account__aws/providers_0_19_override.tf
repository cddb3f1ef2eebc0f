# In 0.19 a role is assumed only where the module is in use.

provider "aws" {
  alias = "requester"

  dynamic "assume_role" {
    for_each = local.enabled && var.requester_aws_assume_role_arn != "" ? ["assumed"] : []
    content {
      role_arn = var.requester_aws_assume_role_arn
    }
  }
}

provider "aws" {
  alias = "accepter"

  dynamic "assume_role" {
    for_each = local.enabled && var.accepter_aws_assume_role_arn != "" ? ["assumed"] : []
    content {
      role_arn = var.accepter_aws_assume_role_arn
    }
  }
}
