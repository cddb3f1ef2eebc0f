variable "unknown_flag" {
  type = bool
}

variable "unknown_list" {
  type = list(string)
}

variable "unknown_text" {
  type = string
}

data "aws_availability_zones" "available" {}

data "aws_vpc" "shared" {
  tags = { Name = "shared" }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "paris"
  region = "eu-west-3"
}

resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
}

module "bare" {
}

module "usual" {
  namespace = "eg"
  stage     = "prod"
  name      = "App_1"
}

module "everything" {
  namespace   = "eg"
  tenant      = "core"
  environment = "ue1"
  stage       = "prod"
  name        = "app"
  attributes  = ["public", "a", "a"]
  tags        = { Owner = "me" }
  label_order = ["tenant", "name", "attributes"]
}

module "off" {
  enabled = false
  name    = "app"
}

module "perhaps" {
  enabled = var.unknown_flag
  name    = "app"
}

module "unknown_name" {
  namespace = "eg"
  name      = var.unknown_text
}

module "unknown_attributes" {
  name       = "app"
  attributes = var.unknown_list
}

module "upper" {
  name             = "app-name"
  namespace        = "eg"
  label_value_case = "upper"
  label_key_case   = "lower"
}

module "title" {
  name             = "app-name"
  namespace        = "eg"
  label_value_case = "title"
  delimiter        = "_"
}

module "as_written" {
  name             = "App.Name"
  namespace        = "EG"
  label_value_case = "none"
  delimiter        = ""
}

module "characters" {
  name                = "app/name"
  regex_replace_chars = "/[^a-zA-Z0-9/]/"
}

module "short" {
  namespace       = "organisation"
  stage           = "production"
  name            = "application"
  id_length_limit = 20
}

module "very_short" {
  name            = "application"
  id_length_limit = 4
}

module "from_context" {
  name = "api"
  context = {
    enabled             = true
    namespace           = "eg"
    tenant              = null
    environment         = "ue1"
    stage               = "dev"
    name                = "web"
    delimiter           = null
    attributes          = ["blue"]
    tags                = { Team = "net" }
    additional_tag_map  = {}
    regex_replace_chars = null
    label_order         = []
    id_length_limit     = null
    label_key_case      = null
    label_value_case    = null
    descriptor_formats  = {}
    labels_as_tags      = ["unset"]
  }
}

module "old_context" {
  attributes = ["green"]
  context = {
    enabled             = true
    namespace           = "eg"
    environment         = null
    stage               = "dev"
    name                = "web"
    delimiter           = "."
    attributes          = ["blue"]
    tags                = {}
    additional_tag_map  = { propagate = "true" }
    regex_replace_chars = null
    label_order         = ["name", "stage"]
    id_length_limit     = null
  }
}

module "few_tags" {
  name           = "app"
  namespace      = "eg"
  labels_as_tags = ["name"]
}
