"""Whole roots: every output as the real ``terraform plan`` gives it, known or unknown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from peerlint.network.values import Unknown
from peerlint.terraform.config import load_module
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.options import TerraformOptions
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.values import TfSet, TfValue
from peerlint.terraform.variables import root_values
from tests.oracle.terraform_plan import TERRAFORM, UNKNOWN, planned_outputs
from tests.terraform.estate import write

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

ROOTS: dict[str, dict[str, str]] = {
    "variables and locals": {
        "main.tf": """
            variable "prefix" { default = "10.20" }
            variable "zones" {
              type    = list(string)
              default = ["a", "b", "c"]
            }
            variable "number" {
              type    = number
              default = "3"
            }
            variable "set_by_file" {}
            locals {
              cidr    = "${var.prefix}.0.0/16"
              subnets = [for i, zone in var.zones : cidrsubnet(local.cidr, 8, i)]
              by_zone = { for i, zone in var.zones : zone => local.subnets[i] if zone != "b" }
            }
            output "cidr" { value = local.cidr }
            output "subnets" { value = local.subnets }
            output "by_zone" { value = local.by_zone }
            output "number" { value = var.number + 1 }
            output "file" { value = var.set_by_file }
        """,
        "terraform.tfvars": 'set_by_file = "from terraform.tfvars"\n',
        "z.auto.tfvars": 'set_by_file = "from z.auto.tfvars"\n',
    },
    "count, for_each and splats": {
        "main.tf": """
            resource "terraform_data" "counted" {
              count = 2
              input = "n${count.index}"
            }
            resource "terraform_data" "each" {
              for_each = { eu = "10.0.0.0/16", us = "10.1.0.0/16" }
              input    = { name = each.key, cidr = each.value }
            }
            resource "terraform_data" "none" {
              count = 0
              input = "x"
            }
            output "inputs" { value = terraform_data.counted[*].input }
            output "legacy" { value = terraform_data.counted.*.input }
            output "second" { value = terraform_data.counted[1].input }
            output "ids" { value = terraform_data.counted[*].id }
            output "eu" { value = terraform_data.each["eu"].input.cidr }
            output "all" { value = [for key, it in terraform_data.each : "${key}=${it.input.cidr}"] }
            output "values" { value = values(terraform_data.each)[*].input.name }
            output "empty" { value = terraform_data.none[*].input }
            output "optional" { value = join("", terraform_data.none[*].input) }
            output "tried" { value = try(terraform_data.none[0].input, "fallback") }
            output "length" { value = length(terraform_data.counted) }
        """,
    },
    "unknown values": {
        "main.tf": """
            resource "terraform_data" "a" { input = "known" }
            resource "terraform_data" "b" { input = terraform_data.a.id }
            output "id" { value = terraform_data.a.id }
            output "template" { value = "id-${terraform_data.a.id}" }
            output "object" { value = { known = 1, unknown = terraform_data.a.id } }
            output "length" { value = length([terraform_data.a.id, "x"]) }
            output "kept" { value = true && terraform_data.a.id == "x" }
            output "condition" { value = terraform_data.a.id == "x" ? 1 : 2 }
            output "through" { value = terraform_data.b.input }
            output "concat" { value = concat(["x"], [terraform_data.a.id]) }
            output "contains" { value = contains(["x", terraform_data.a.id], "x") }
            output "merged" { value = merge({ a = 1 }, { b = terraform_data.a.id }) }
            output "flat" { value = flatten([["x"], [terraform_data.a.id]]) }
            output "can" { value = can(terraform_data.a.id) }
        """,
    },
    "modules": {
        "main.tf": """
            module "net" {
              source   = "./modules/net"
              for_each = { hub = 0, spoke = 1 }
              name     = each.key
              index    = each.value
            }
            module "pair" {
              source = "./modules/pair"
              count  = 1
              left   = module.net["hub"].cidr
              right  = module.net["spoke"].cidr
            }
            output "cidrs" { value = { for name, net in module.net : name => net.cidr } }
            output "pair" { value = module.pair[0].text }
            output "all_pairs" { value = module.pair[*].text }
            output "object" { value = module.net["hub"] }
            output "id" { value = module.net["hub"].id }
        """,
        "modules/net/main.tf": """
            variable "name" { type = string }
            variable "index" { type = number }
            resource "terraform_data" "it" { input = var.name }
            output "cidr" { value = cidrsubnet("10.0.0.0/8", 8, var.index) }
            output "id" { value = terraform_data.it.id }
        """,
        "modules/pair/main.tf": """
            variable "left" {}
            variable "right" {}
            locals { text = format("%s <-> %s", var.left, var.right) }
            output "text" { value = local.text }
        """,
    },
    "types and defaults": {
        "main.tf": """
            variable "peers" {
              type = list(object({
                name   = string
                cidr   = optional(string, "10.9.0.0/16")
                accept = optional(bool, true)
                ports  = optional(list(number))
              }))
              default = [{ name = "a" }, { name = "b", cidr = "10.8.0.0/16", accept = "false", extra = 1 }]
            }
            variable "tags" {
              type    = map(string)
              default = { a = 1, b = true }
            }
            variable "flags" {
              type    = set(string)
              default = ["b", "a", "b"]
            }
            output "peers" { value = var.peers }
            output "tags" { value = var.tags }
            output "flags" { value = var.flags }
            output "pairs" { value = setproduct(var.flags, ["x", "y"]) }
            output "grouped" { value = { for peer in var.peers : peer.accept => peer.name... } }
        """,
    },
    "templates": {
        "main.tf": """
            variable "names" { default = ["a", "b"] }
            output "directives" { value = "%{ for n in var.names }[${n}]%{ endfor }" }
            output "condition" { value = "%{ if length(var.names) > 1 }many%{ else }one%{ endif }" }
            output "escaped" { value = "$${not} %%{either} \\"quoted\\" \\\\ tab\\t" }
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
        """,
    },
    "operators and conversions": {
        "main.tf": """
            output "sum" { value = "1" + 2 }
            output "precedence" { value = 1 + 2 * 3 - 4 / 2 }
            output "modulo" { value = 7 % 4 }
            output "fraction" { value = 1 / 4 }
            output "negative" { value = -(3) }
            output "equal_types" { value = "1" == 1 }
            output "logic" { value = !false && (true || false) }
            output "compare" { value = 2 > 1 && 2 >= 2 && !(1 < 1) }
            output "text_condition" { value = "true" ? "yes" : "no" }
            output "nulls" { value = coalesce(null, "", "x") }
            output "nested" { value = { a = [1, { b = [2, 3] }] }.a[1].b[*] }
            output "legacy" { value = [["p", "q"], ["r"]].0[1] }
        """,
    },
    "override and json": {
        "main.tf": """
            variable "a" { default = "base" }
            locals { kept = "kept" }
            resource "terraform_data" "x" { input = "base" }
            output "a" { value = var.a }
            output "kept" { value = local.kept }
            output "x" { value = terraform_data.x.input }
            output "j" { value = var.from_json }
        """,
        "override.tf": """
            variable "a" { default = "override" }
            resource "terraform_data" "x" { input = "changed" }
        """,
        "more.tf.json": """
            {
              "variable": {"from_json": {"default": ["p", {"q": 1}]}},
              "locals": {"name": "${upper(var.a)}"},
              "output": {"json": {"value": "${local.name}-${length(var.from_json)}"}}
            }
        """,
    },
    "a mesh of pairs": {
        "main.tf": """
            locals {
              names  = ["a", "b", "c"]
              spokes = { for i, name in local.names : name => cidrsubnet("10.0.0.0/12", 4, i + 1) }
              pairs = { for pair in setproduct(range(3), range(3)) :
                "${local.names[pair[0]]}-${local.names[pair[1]]}" => local.spokes[local.names[pair[1]]]
                if pair[0] < pair[1]
              }
            }
            output "spokes" { value = local.spokes }
            output "pairs" { value = local.pairs }
            output "keys" { value = keys(local.pairs) }
            output "slices" { value = [slice(local.names, 1, 3), element(local.names, 5), index(local.names, "b")] }
        """,
    },
}


@pytest.mark.parametrize("name", ROOTS)
def test_every_output_is_as_plan_has_it(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path, ROOTS[name])
    assert ours(folder) == planned_outputs(folder)


def ours(folder: Path) -> dict[str, object]:
    """The outputs as peerlint evaluates them."""
    config = load_module(str(folder))
    options = TerraformOptions(str(folder))
    state = RootState(str(folder), str(folder), str(folder))
    values, _, problems = root_values(config, options, ModuleInstance(Site(state, config)).scope)
    assert not problems
    root = ModuleInstance(Site(state, config), values)
    return {name: plain(root.output(name)) for name in config.outputs}


def plain(value: TfValue | None) -> object:
    """A value in the form that the plan's JSON has."""
    assert value is not None
    if isinstance(value, Unknown):
        return UNKNOWN
    match value.value:
        case tuple() as items:
            return [plain(item) for item in items]
        case TfSet(items=items):
            return [plain(item) for item in items]
        case dict() as entries:
            return {key: plain(item) for key, item in entries.items()}
        case Decimal() as number:
            return float(number)
        case other:
            return other
