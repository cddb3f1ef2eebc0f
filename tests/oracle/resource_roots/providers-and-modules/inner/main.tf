
variable "vpc" {}
data "aws_region" "r" {}
resource "aws_subnet" "s" {
  count             = 2
  vpc_id            = var.vpc.id
  cidr_block        = cidrsubnet(var.vpc.cidr_block, 8, count.index)
  availability_zone = "${data.aws_region.r.name}${["a", "b"][count.index]}"
}
