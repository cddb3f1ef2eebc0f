output "log_group" {
  value = aws_cloudwatch_log_group.this.name
}
