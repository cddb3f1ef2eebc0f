variable "names" { default = ["a", "b"] }
output "directives" { value = "%{ for n in var.names }[${n}]%{ endfor }" }
output "condition" { value = "%{ if length(var.names) > 1 }many%{ else }one%{ endif }" }
output "escaped" { value = "$${not} %%{either} \"quoted\" \\ tab\t" }
output "heredoc" {
  value = <<-EOT
    first ${var.names[0]}
      indented
    %{ for n in var.names ~}
    - ${n}
    %{ endfor ~}
    last
  EOT
}
output "plain" {
  value = <<EOT
kept ${upper("as is")}
EOT
}
output "wrapped" { value = "${var.names}" }
