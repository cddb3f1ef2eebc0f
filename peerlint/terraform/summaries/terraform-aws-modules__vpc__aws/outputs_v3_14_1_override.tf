# Up to 3.14.1, the lists of blocks keep what is empty.

output "vpc_secondary_cidr_blocks" {
  value = aws_vpc_ipv4_cidr_block_association.this[*].cidr_block
}

output "public_subnets_cidr_blocks" {
  value = aws_subnet.public[*].cidr_block
}

output "public_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.public[*].ipv6_cidr_block
}

output "private_subnets_cidr_blocks" {
  value = aws_subnet.private[*].cidr_block
}

output "private_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.private[*].ipv6_cidr_block
}

output "database_subnets_cidr_blocks" {
  value = aws_subnet.database[*].cidr_block
}

output "database_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.database[*].ipv6_cidr_block
}

output "redshift_subnets_cidr_blocks" {
  value = aws_subnet.redshift[*].cidr_block
}

output "redshift_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.redshift[*].ipv6_cidr_block
}

output "elasticache_subnets_cidr_blocks" {
  value = aws_subnet.elasticache[*].cidr_block
}

output "elasticache_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.elasticache[*].ipv6_cidr_block
}

output "intra_subnets_cidr_blocks" {
  value = aws_subnet.intra[*].cidr_block
}

output "intra_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.intra[*].ipv6_cidr_block
}

output "outpost_subnets_cidr_blocks" {
  value = aws_subnet.outpost[*].cidr_block
}

output "outpost_subnets_ipv6_cidr_blocks" {
  value = aws_subnet.outpost[*].ipv6_cidr_block
}
