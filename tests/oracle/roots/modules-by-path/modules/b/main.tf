output "text" { value = "b" }
output "path" { value = path.module }
