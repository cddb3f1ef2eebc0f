variable "name" {
  type = string
}

variable "vpc_ids" {
  type = map(string)
}
