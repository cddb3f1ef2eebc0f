output "text" { value = "other" }
