output "ids" {
  value = [for zone in var.zones : aws_subnet.this[zone].id]
}
