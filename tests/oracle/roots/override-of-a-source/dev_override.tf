module "m" { source = "./other" }
