# The connection is not named.

locals {
  name_tag = {}
}
