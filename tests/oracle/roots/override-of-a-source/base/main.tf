output "text" { value = "base" }
