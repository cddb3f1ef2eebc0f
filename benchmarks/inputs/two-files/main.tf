provider "aws" {
  region = var.region
}

resource "aws_vpc" "platform" {
  cidr_block           = var.platform_cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = "platform" }
}

resource "aws_vpc" "reports" {
  cidr_block = var.reports_cidr

  tags = { Name = "reports" }
}

resource "aws_subnet" "platform" {
  count      = 2
  vpc_id     = aws_vpc.platform.id
  cidr_block = cidrsubnet(aws_vpc.platform.cidr_block, 8, count.index)
}

resource "aws_subnet" "reports" {
  count      = 2
  vpc_id     = aws_vpc.reports.id
  cidr_block = cidrsubnet(aws_vpc.reports.cidr_block, 8, count.index)
}

resource "aws_vpc_peering_connection" "this" {
  vpc_id      = aws_vpc.platform.id
  peer_vpc_id = aws_vpc.reports.id
  auto_accept = true

  tags = { Name = "platform-reports" }
}

resource "aws_route_table" "platform" {
  vpc_id = aws_vpc.platform.id
}

resource "aws_route_table" "reports" {
  vpc_id = aws_vpc.reports.id
}

resource "aws_route_table_association" "platform" {
  count          = length(aws_subnet.platform)
  subnet_id      = aws_subnet.platform[count.index].id
  route_table_id = aws_route_table.platform.id
}

resource "aws_route_table_association" "reports" {
  count          = length(aws_subnet.reports)
  subnet_id      = aws_subnet.reports[count.index].id
  route_table_id = aws_route_table.reports.id
}

resource "aws_route" "platform_to_reports" {
  route_table_id            = aws_route_table.platform.id
  destination_cidr_block    = aws_vpc.reports.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}

resource "aws_route" "reports_to_platform" {
  route_table_id            = aws_route_table.reports.id
  destination_cidr_block    = aws_vpc.platform.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.this.id
}

resource "aws_security_group" "database" {
  name        = "reports-database"
  description = "The database of the reports"
  vpc_id      = aws_vpc.reports.id

  ingress {
    description = "From the platform"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = aws_subnet.platform[*].cidr_block
  }

  egress {
    description = "Answers and updates"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
