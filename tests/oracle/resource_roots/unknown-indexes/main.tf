variable "names" { default = ["only one"] }
data "aws_availability_zones" "here" {}
resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "a" {
  count             = length(data.aws_availability_zones.here.names)
  vpc_id            = aws_vpc.a.id
  cidr_block        = cidrsubnet(aws_vpc.a.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.here.names[count.index]
  tags              = { Name = try(var.names[count.index], "subnet ${count.index}") }
}
resource "aws_route_table" "a" {
  vpc_id = aws_vpc.a.id
  tags   = { Name = { a = "same", b = "same" }[aws_vpc.a.id == "x" ? "a" : "b"] }
}
data "aws_arn" "it" { arn = aws_vpc.a.arn }
resource "aws_vpc_peering_connection" "a" {
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = "vpc-0123456789abcdef0"
  peer_region = data.aws_arn.it.region
}
output "subnets" { value = aws_subnet.a[*].id }
