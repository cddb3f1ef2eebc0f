"""Modules and override files, compared with what the real ``terraform plan`` makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.terraform_plan import TERRAFORM, planned_outputs
from tests.terraform.estate import write
from tests.terraform.test_plan_oracle import ours

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")

LEAF = """
    variable "name" {}
    variable "blocks" { type = list(string) }
    resource "terraform_data" "it" {
      count = length(var.blocks)
      input = var.blocks[count.index]
    }
    output "obj" { value = { name = var.name, list = [for b in var.blocks : { block = b }] } }
    output "ids" { value = terraform_data.it[*].id }
    output "inputs" { value = terraform_data.it[*].input }
"""
ROOTS = {
    "modules in modules, by count and by for_each": {
        "main.tf": """
            locals { nets = { a = ["10.0.0.0/24", "10.0.1.0/24"], b = ["10.1.0.0/24"] } }
            module "mid" {
              source = "./mid"
              count  = 2
              nets   = local.nets
              suffix = count.index
            }
            output "objects" { value = module.mid[*].objects }
            output "one" { value = module.mid[1].leaf["a"].obj.list[0].block }
            output "splat" { value = module.mid[*].leaf["b"].inputs }
            output "names" { value = [for m in module.mid : [for l in values(m.leaf) : l.obj.name]] }
            output "unknown" { value = module.mid[0].leaf["a"].ids }
            output "count" { value = length(module.mid) }
            output "keys" { value = keys(module.mid[0].leaf) }
            output "none" { value = module.none[*].objects }
            output "tried" { value = try(module.none[0].objects, "nothing") }
            output "negative" { value = try(module.mid[2].objects, "nothing") }
            module "none" {
              source = "./mid"
              count  = 0
              nets   = {}
              suffix = 0
            }
        """,
        "mid/main.tf": """
            variable "nets" {}
            variable "suffix" {}
            module "leaf" {
              source   = "../leaf"
              for_each = var.nets
              name     = "${each.key}-${var.suffix}"
              blocks   = each.value
            }
            output "objects" { value = [for key, leaf in module.leaf : leaf.obj] }
            output "leaf" { value = module.leaf }
        """,
        "leaf/main.tf": LEAF,
    },
    "a module of modules by path": {
        "main.tf": """
            module "a" { source = "./modules/a" }
            output "text" { value = module.a.text }
            output "path" { value = module.a.path }
        """,
        "modules/a/main.tf": """
            module "b" { source = "../b/." }
            output "text" { value = "${module.b.text}!" }
            output "path" { value = [path.module, module.b.path] }
        """,
        "modules/b/main.tf": """
            output "text" { value = "b" }
            output "path" { value = path.module }
        """,
    },
    "override files": {
        "main.tf": """
            variable "v" {
              type    = string
              default = "base"
            }
            locals {
              kept = "kept"
              a    = "base"
            }
            resource "terraform_data" "x" {
              count            = 2
              input            = "base"
              triggers_replace = ["base"]
            }
            module "m" {
              source = "./m"
              name   = "base"
              other  = "kept"
            }
            output "v" { value = var.v }
            output "locals" { value = [local.kept, local.a] }
            output "x" { value = terraform_data.x[*].input }
            output "triggers" { value = terraform_data.x[0].triggers_replace }
            output "m" { value = module.m.all }
            output "o" { value = "base" }
        """,
        "override.tf": """
            variable "v" { default = false }
            locals { a = "override" }
            resource "terraform_data" "x" {
              for_each = toset(["k"])
              input    = "override"
            }
            output "o" { value = "override" }
        """,
        "z_override.tf": """
            locals { a = "last" }
            module "m" { name = "override" }
        """,
        "a_override.tf.json": '{"locals": {"a": "first"}, "variable": {"v": {"type": "bool", "default": "true"}}}',
        "m/main.tf": """
            variable "name" {}
            variable "other" {}
            output "all" { value = [var.name, var.other] }
        """,
    },
    "a module whose source is overridden": {
        "main.tf": """
            module "m" { source = "./base" }
            output "o" { value = module.m.text }
        """,
        "dev_override.tf": 'module "m" { source = "./other" }\n',
        "base/main.tf": 'output "text" { value = "base" }\n',
        "other/main.tf": 'output "text" { value = "other" }\n',
    },
    "files with unusual names": {
        "#a.tf": 'output "a" { value = 1 }\n',
        "b.tf": 'output "b" { value = 2 }\n',
        ".c.tf": 'output "b" { value = 3 }\n',
        "b.tf~": 'output "b" { value = 4 }\n',
    },
}


@pytest.mark.parametrize("name", ROOTS)
def test_every_output_is_as_plan_has_it(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path, ROOTS[name])
    assert ours(folder) == planned_outputs(folder)
