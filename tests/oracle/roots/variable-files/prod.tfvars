e = "default"
