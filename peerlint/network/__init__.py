"""The network model and the analyses over it; nothing here knows Terraform or CloudFormation."""
