# Each side is reached by credentials of its own.

provider "aws" {
  alias      = "requester"
  region     = var.requester_region
  profile    = var.requester_aws_profile
  access_key = var.requester_aws_access_key
  secret_key = var.requester_aws_secret_key
  token      = var.requester_aws_token

  dynamic "assume_role" {
    for_each = var.requester_aws_assume_role_arn != "" ? ["assumed"] : []
    content {
      role_arn = var.requester_aws_assume_role_arn
    }
  }
}

provider "aws" {
  alias      = "accepter"
  region     = var.accepter_region
  profile    = var.accepter_aws_profile
  access_key = var.accepter_aws_access_key
  secret_key = var.accepter_aws_secret_key
  token      = var.accepter_aws_token

  dynamic "assume_role" {
    for_each = var.accepter_aws_assume_role_arn != "" ? ["assumed"] : []
    content {
      role_arn = var.accepter_aws_assume_role_arn
    }
  }
}
