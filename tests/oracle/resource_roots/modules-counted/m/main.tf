
variable "n" { default = 5 }
resource "aws_vpc" "v" { cidr_block = "10.${var.n}.0.0/16" }
output "id" { value = aws_vpc.v.id }
output "cidr" { value = aws_vpc.v.cidr_block }
output "vpc" { value = aws_vpc.v }
output "map" { value = { x = 1, y = 2 } }
