"""What security groups and network ACLs let through."""
