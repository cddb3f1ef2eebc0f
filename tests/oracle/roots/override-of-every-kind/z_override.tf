locals { a = "last" }
module "m" { name = "override" }
