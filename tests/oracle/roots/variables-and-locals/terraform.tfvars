set_by_file = "from terraform.tfvars"
