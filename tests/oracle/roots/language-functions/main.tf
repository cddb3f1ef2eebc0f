terraform {
  required_providers {
    terraform = {
      source = "terraform.io/builtin/terraform"
    }
  }
}

output "encoded" { value = provider::terraform::encode_tfvars({ name = "hub", cidrs = ["10.0.0.0/8"], o = { a = null, "b c" = 1.5 } }) }
output "expr" { value = provider::terraform::encode_expr({ long = true, a = "$${x} \" \n", l = [{ k = [] }], e = {} }) }
output "decoded" { value = provider::terraform::decode_tfvars("a = 1\nb = [\"x\", { c = true }]\n") }
output "refused" { value = can(provider::terraform::decode_tfvars("a = upper(\"x\")")) }
output "namespaced" { value = [core::upper("a"), core::length([1])] }
