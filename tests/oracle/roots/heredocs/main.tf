variable "names" { default = ["a", "b"] }
variable "on" { default = true }

output "plain" {
  value = <<EOT
kept ${upper("x")}
  indented
EOT
}

output "flush" {
  value = <<-EOT
    first

      second ${var.names[0]}
    "quoted" \n $${kept} %%{kept}
  EOT
}

output "directives" {
  value = <<-EOT
    %{if var.on}
    on
    %{else}
    off
    %{endif}
    %{for name in var.names~}
      - ${name}
    %{endfor~}
    end
  EOT
}

output "deeper_end" {
  value = <<-EOT
      a
        b
        EOT
}

output "interpolated_start" {
  value = <<-EOT
    ${var.names[0]}
      b
  EOT
}

output "json" {
  value = jsondecode(<<-EOT
    {"names": ${jsonencode(var.names)}, "n": ${length(var.names)}}
  EOT
  )
}

output "trimmed" { value = trimspace(<<EOT

  text

EOT
) }

output "in_list" {
  value = [<<A
x
A
    , <<B
y
B
  ]
}
