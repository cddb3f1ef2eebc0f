
resource "aws_vpc" "a" { cidr_block = "10.8.0.0/16" }
