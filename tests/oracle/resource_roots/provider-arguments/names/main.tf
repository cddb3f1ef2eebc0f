output "region" { value = join("-", ["sa", "east", 1]) }
