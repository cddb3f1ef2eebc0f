set_by_file = "from z.auto.tfvars"
