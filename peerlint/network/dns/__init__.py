"""What a peering and private zones let the names of one VPC mean in the other."""
