
variable "cidr" {}
resource "aws_vpc" "a" { cidr_block = var.cidr }
module "inner" {
  source = "../inner"
  vpc    = aws_vpc.a
}
output "id" { value = aws_vpc.a.id }
output "cidr" { value = aws_vpc.a.cidr_block }
