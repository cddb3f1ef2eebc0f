variable "names" {
  type    = list(any)
  default = ["a", "b"]
}

variable "tags" {
  type    = map(string)
  default = { Name = "x", Size = 1 }
}

variable "text" {
  type    = string
  default = "t"
}

resource "terraform_data" "it" {
  count = "${length(var.names)}"
  input = "${element(var.names, count.index)}"
}

output "names" { value = "${var.names}" }
output "first" { value = "${var.names[0]}" }
output "tags" { value = "${var.tags}" }
output "name" { value = "${var.tags["Name"]}" }
output "looked_up" { value = "${lookup(var.tags, "Nope", "none")}" }
output "inputs" { value = "${terraform_data.it.*.input}" }
output "dotted" { value = "${terraform_data.it.1.input}" }
output "joined" { value = "${join(",", terraform_data.it.*.input)}" }
output "conditional" { value = "${var.text == "t" ? "yes" : "no"}" }
output "number" { value = "${length(var.names) + 1}" }
output "text" { value = "n=${length(var.names)}" }
