variable "region" { default = "us-east-1" }
locals { base = "a" }
module "child" { name = "a" }
output "changed" { value = "from a" }
