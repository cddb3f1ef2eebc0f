# The name and tags that a label makes. An input goes before the context, to which attributes and tags are added.

locals {
  chosen = {
    enabled             = var.enabled == null ? var.context.enabled : var.enabled
    namespace           = var.namespace == null ? var.context.namespace : var.namespace
    environment         = var.environment == null ? var.context.environment : var.environment
    stage               = var.stage == null ? var.context.stage : var.stage
    name                = var.name == null ? var.context.name : var.name
    delimiter           = var.delimiter == null ? var.context.delimiter : var.delimiter
    label_order         = var.label_order == null ? var.context.label_order : var.label_order
    regex_replace_chars = var.regex_replace_chars == null ? var.context.regex_replace_chars : var.regex_replace_chars
    id_length_limit     = var.id_length_limit == null ? var.context.id_length_limit : var.id_length_limit
    tenant              = var.tenant == null ? lookup(var.context, "tenant", null) : var.tenant
    label_key_case      = var.label_key_case == null ? lookup(var.context, "label_key_case", null) : var.label_key_case
    label_value_case    = var.label_value_case == null ? lookup(var.context, "label_value_case", null) : var.label_value_case

    attributes         = compact(distinct(concat(coalesce(var.context.attributes, []), coalesce(var.attributes, []))))
    tags               = merge(var.context.tags, var.tags)
    additional_tag_map = merge(var.context.additional_tag_map, var.additional_tag_map)
    descriptor_formats = merge(lookup(var.context, "descriptor_formats", {}), var.descriptor_formats)
    labels_as_tags     = local.tagging_is_free ? var.labels_as_tags : var.context.labels_as_tags
  }

  # Which labels become tags is decided once: a context in which it is "unset" leaves it to the input.
  tagging_is_free = try(contains(var.context.labels_as_tags, "unset"), true)
  tagged          = contains(local.chosen.labels_as_tags, "default") ? keys(local.labels) : local.chosen.labels_as_tags

  enabled   = local.chosen.enabled
  forbidden = coalesce(local.chosen.regex_replace_chars, "/[^-a-zA-Z0-9]/")
  delimiter = local.chosen.delimiter == null ? "-" : local.chosen.delimiter
  limit     = local.chosen.id_length_limit == null ? 0 : local.chosen.id_length_limit
  key_case  = local.chosen.label_key_case == null ? "title" : local.chosen.label_key_case
  case      = local.chosen.label_value_case == null ? "lower" : local.chosen.label_value_case
  usual     = ["namespace", "environment", "stage", "name", "attributes"]
  order     = local.chosen.label_order == null ? local.usual : coalescelist(local.chosen.label_order, local.usual)

  cleaned = {
    for part in ["namespace", "tenant", "environment", "stage", "name"] :
    part => local.chosen[part] == null ? "" : replace(local.chosen[part], local.forbidden, "")
  }
  words = {
    for part, text in local.cleaned : part =>
    local.case == "none" ? text : local.case == "title" ? title(lower(text)) : local.case == "upper" ? upper(text) : lower(text)
  }
  cleaned_attributes = compact(distinct([for text in local.chosen.attributes : replace(text, local.forbidden, "")]))
  attributes = compact(distinct([
    for text in local.cleaned_attributes :
    local.case == "none" ? text : local.case == "title" ? title(lower(text)) : local.case == "upper" ? upper(text) : lower(text)
  ]))

  pieces = {
    namespace   = local.words["namespace"]
    tenant      = local.words["tenant"]
    environment = local.words["environment"]
    stage       = local.words["stage"]
    name        = local.words["name"]
    attributes  = join(local.delimiter, local.attributes)
  }
  id_full = join(local.delimiter, [for piece in local.order : local.pieces[piece] if length(local.pieces[piece]) > 0])

  # A name that is longer than the limit is cut, and ends with five characters of a hash.
  kept      = local.limit - (5 + length(local.delimiter))
  beginning = local.kept <= 0 ? "" : "${trimsuffix(substr(local.id_full, 0, local.kept), local.delimiter)}${local.delimiter}"
  digits    = "${md5(local.id_full)}qrstuvwxyz"
  hash = replace(
    local.case == "title" ? title(local.digits) : local.case == "upper" ? upper(local.digits) : local.case == "lower" ? lower(local.digits) : local.digits,
    local.forbidden, ""
  )
  id_short = substr("${local.beginning}${local.hash}", 0, local.limit)
  id       = local.limit != 0 && length(local.id_full) > local.limit ? local.id_short : local.id_full

  labels = merge(local.pieces, { name = local.id })
  generated = {
    for label in setintersection(keys(local.labels), local.tagged) :
    local.key_case == "upper" ? upper(label) : (local.key_case == "lower" ? lower(label) : title(lower(label))) => local.labels[label]
    if length(local.labels[label]) > 0
  }
  tags = merge(local.generated, local.chosen.tags)
}
