output "b" { value = 3 }
