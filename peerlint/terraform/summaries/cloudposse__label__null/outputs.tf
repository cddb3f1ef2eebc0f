output "id" {
  value = local.enabled ? local.id : ""
}

output "id_full" {
  value = local.enabled ? local.id_full : ""
}

output "enabled" {
  value = local.enabled
}

output "namespace" {
  value = local.enabled ? local.words["namespace"] : ""
}

output "tenant" {
  value = local.enabled ? local.words["tenant"] : ""
}

output "environment" {
  value = local.enabled ? local.words["environment"] : ""
}

output "stage" {
  value = local.enabled ? local.words["stage"] : ""
}

output "name" {
  value = local.enabled ? local.words["name"] : ""
}

output "delimiter" {
  value = local.enabled ? local.delimiter : ""
}

output "attributes" {
  value = local.enabled ? local.attributes : []
}

output "tags" {
  value = local.enabled ? local.tags : {}
}

output "label_order" {
  value = local.order
}

output "regex_replace_chars" {
  value = local.forbidden
}

output "id_length_limit" {
  value = local.limit
}

output "additional_tag_map" {
  value = local.chosen.additional_tag_map
}

output "context" {
  value = local.chosen
}
