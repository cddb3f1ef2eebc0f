output "ids" {
  value = aws_route_table.this[*].id
}
