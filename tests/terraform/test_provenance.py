"""The way of a value: from the argument that uses it back to the place that writes it, exactly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from peerlint.network.model import CidrPeer, Permission, Vpc
from peerlint.network.values import Known, Unknown
from peerlint.rule import whence
from tests.terraform.estate import estate, one

VPC = 'variable "cidr" {}\nresource "aws_vpc" "v" {\n  cidr_block = var.cidr\n}\n'
CALL = 'module "net" {\n  source = "./net"\n  cidr   = CIDR\n}\n'


def way(folder: Path, files: Mapping[str, str], address: str = "", **options: Any) -> list[tuple[str, str, int]]:
    """The notes on the block of the only VPC, or the one with this address: message, file and line."""
    vpc = one(estate(folder, files, **options), Vpc, address)
    (block,) = vpc.blocks
    assert isinstance(block.cidr, Known)
    return [(n.message, os.path.relpath(n.at.file, folder), n.at.line) for n in whence(block.cidr, block.at)]


def called(cidr: str, *more: str) -> dict[str, str]:
    return {"main.tf": CALL.replace("CIDR", cidr) + "".join(more), "net/main.tf": VPC}


PASSED = ("`var.cidr` is passed here by module.net", "main.tf", 3)


def test_a_default(tmp_path: Path) -> None:
    text = 'variable "cidr" {\n  default = "10.0.0.0/16"\n}\nresource "aws_vpc" "v" {\n  cidr_block = var.cidr\n}\n'
    assert way(tmp_path, {"main.tf": text}) == [("this is the default of `var.cidr`", "main.tf", 2)]


def test_what_is_written_in_the_argument_has_no_way(tmp_path: Path) -> None:
    assert way(tmp_path, {"main.tf": 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n'}) == []
    assert (
        way(tmp_path, {"main.tf": 'resource "aws_vpc" "v" {\n  cidr_block = cidrsubnet("10.0.0.0/8", 8, 1)\n}\n'}) == []
    )


@pytest.mark.parametrize("name", ["terraform.tfvars", "prod.auto.tfvars"])
def test_a_var_file_that_terraform_loads(tmp_path: Path, name: str) -> None:
    files = {"main.tf": VPC, name: '# ours\ncidr = "10.0.0.0/16"\n'}
    assert way(tmp_path, files) == [("`var.cidr` is set here", name, 2)]


def test_a_var_file_that_is_named(tmp_path: Path) -> None:
    files = {"main.tf": VPC, "env/prod.tfvars": 'cidr = "10.0.0.0/16"\n', "env/dev.tfvars": 'cidr = "10.1.0.0/16"\n'}
    chosen = (("file", str(tmp_path / "env" / "prod.tfvars")),)
    assert way(tmp_path, files, assignments=chosen) == [("`var.cidr` is set here", "env/prod.tfvars", 1)]


@pytest.mark.parametrize(("text", "column"), [('{"cidr": "10.0.0.0/16"}', 10), ('{\n  "cidr":\n  "10.0.0.0/16"}', 3)])
def test_a_var_file_in_json_to_the_column(tmp_path: Path, text: str, column: int) -> None:
    vpc = one(estate(tmp_path, {"main.tf": VPC, "terraform.tfvars.json": text}), Vpc)
    (note,) = whence(vpc.blocks[0].cidr, vpc.blocks[0].at)
    assert (note.message, note.at.column) == ("`var.cidr` is set here", column)
    assert text.splitlines()[note.at.line - 1][note.at.column - 1 : note.at.end_column - 1] == '"10.0.0.0/16"'


def test_the_command_line_and_the_environment_have_the_declaration_as_their_place(tmp_path: Path) -> None:
    given = way(tmp_path, {"main.tf": VPC}, assignments=(("var", "cidr=10.0.0.0/16"),))
    assert given == [("`var.cidr` is declared here and set by --var", "main.tf", 1)]
    given = way(tmp_path, {"main.tf": VPC}, environment={"TF_VAR_cidr": "10.0.0.0/16"})
    assert given == [("`var.cidr` is declared here and set by TF_VAR_cidr", "main.tf", 1)]


def test_an_element_of_a_collection_that_the_command_line_gives(tmp_path: Path) -> None:
    text = '\nvariable "cidrs" { type = map(string) }\nresource "aws_vpc" "v" {\n  cidr_block = var.cidrs["eu"]\n}\n'
    given = way(tmp_path, {"main.tf": text}, assignments=(("var", 'cidrs={eu="10.0.0.0/16"}'),))
    assert given == [("`var.cidrs` is declared here and set by --var", "main.tf", 1)]


def test_a_literal_that_a_call_passes(tmp_path: Path) -> None:
    assert way(tmp_path, called('"10.0.0.0/16"')) == [PASSED]


def test_from_a_module_in_a_module_to_a_local_made_of_a_variable(tmp_path: Path) -> None:
    files = {
        "main.tf": CALL.replace("CIDR", 'local.cidrs["eu"]')
        + 'variable "cidrs" {\n  default = {}\n}\nlocals {\n  cidrs = {\n    eu = var.cidrs.eu\n  }\n}\n',
        "terraform.tfvars": 'cidrs = {\n  us = "10.1.0.0/16"\n  eu = "10.0.0.0/16"\n}\n',
        "net/main.tf": 'variable "cidr" {}\nmodule "vpc" {\n  source = "./vpc"\n  cidr   = var.cidr\n}\n',
        "net/vpc/main.tf": VPC,
    }
    assert way(tmp_path, files) == [
        ("`var.cidr` is passed here by module.net.module.vpc", "net/main.tf", 4),
        PASSED,
        ("`local.cidrs` is written here", "main.tf", 10),
        ("`var.cidrs` is set here", "terraform.tfvars", 3),
    ]


def test_an_element_of_for_each_on_a_call(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            locals {
              nets = {
                eu = { cidr = "10.0.0.0/16" }
                us = { cidr = "10.1.0.0/16" }
              }
            }
            module "net" {
              source   = "./net"
              for_each = local.nets
              cidr     = each.value.cidr
            }
        """,
        "net/main.tf": VPC,
    }
    assert way(tmp_path, files, 'module.net["us"].aws_vpc.v') == [
        ('`var.cidr` is passed here by module.net["us"]', "main.tf", 10),
        ("`local.nets` is written here", "main.tf", 4),
    ]


def test_an_element_of_a_literal_for_each_on_a_resource(tmp_path: Path) -> None:
    text = """
        resource "aws_vpc" "v" {
          for_each = {
            eu = "10.0.0.0/16"
            us = "10.1.0.0/16"
          }
          cidr_block = each.value
        }
    """
    assert way(tmp_path, {"main.tf": text}, 'aws_vpc.v["us"]') == [("`each.value` is written here", "main.tf", 4)]


def test_what_a_for_expression_makes_of_a_variable(tmp_path: Path) -> None:
    text = """
        variable "nets" {
          default = [
            { name = "a", cidr = "10.0.0.0/16" },
            { name = "b", cidr = "10.1.0.0/16" },
          ]
        }
        locals {
          by_name = { for net in var.nets : net.name => net }
        }
        resource "aws_vpc" "v" {
          cidr_block = local.by_name["b"].cidr
        }
    """
    assert way(tmp_path, {"main.tf": text}) == [
        ("`local.by_name` is written here", "main.tf", 8),
        ("this is the default of `var.nets`", "main.tf", 4),
    ]


def test_an_output_of_a_sibling_and_the_argument_behind_it(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            module "plan" {
              source = "./plan"
            }
            module "net" {
              source = "./net"
              cidr   = module.plan.cidrs[0]
            }
        """,
        "plan/main.tf": 'locals {\n  all = ["10.0.0.0/16"]\n}\noutput "cidrs" {\n  value = local.all\n}\n',
        "net/main.tf": VPC,
    }
    assert way(tmp_path, files) == [
        ("`var.cidr` is passed here by module.net", "main.tf", 6),
        ("`module.plan.cidrs` is output here", "plan/main.tf", 5),
        ("`local.all` is written here", "plan/main.tf", 2),
    ]


def test_the_instance_of_a_module_that_is_named_and_no_other(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            module "plan" {
              source   = "./plan"
              for_each = { a = "10.0.0.0/16", b = "10.1.0.0/16" }
              cidr     = each.value
            }
            resource "aws_vpc" "v" {
              cidr_block = module.plan["b"].cidr
            }
        """,
        "plan/main.tf": 'variable "cidr" {}\noutput "cidr" {\n  value = var.cidr\n}\n',
    }
    assert way(tmp_path, files) == [
        ('`module.plan["b"].cidr` is output here', "plan/main.tf", 3),
        ('`var.cidr` is passed here by module.plan["b"]', "main.tf", 4),
        ("`each.value` is written here", "main.tf", 3),
    ]


def test_an_argument_of_another_resource(tmp_path: Path) -> None:
    text = """
        resource "aws_vpc" "v" {
          cidr_block = "10.0.0.0/16"
        }
        resource "aws_security_group_rule" "in" {
          type              = "ingress"
          security_group_id = "sg-0a"
          cidr_blocks       = [aws_vpc.v.cidr_block]
        }
    """
    (peer,) = one(estate(tmp_path, text), Permission).peers
    assert isinstance(peer, CidrPeer)
    notes = whence(peer.cidr, peer.at)
    assert [(note.message, note.at.line) for note in notes] == [("`aws_vpc.v.cidr_block` is written here", 2)]


@pytest.mark.parametrize(
    "ingress",
    [
        "dynamic ingress {\n    for_each = var.open\n    content {\n      cidr_blocks = [ingress.value.from]\n    }\n}",
        "ingress = [for rule in var.open : { cidr_blocks = [rule.from] }]",
        "ingress {\n    cidr_blocks = var.open[*].from\n  }",
    ],
    ids=["dynamic block", "objects", "splat"],
)
def test_an_element_of_a_list_of_objects_in_a_block(tmp_path: Path, ingress: str) -> None:
    variable = 'variable "open" {\n  default = [\n    { from = "10.0.0.0/8" }\n  ]\n}\n'
    group = f'resource "aws_security_group" "g" {{\n  {ingress.replace("dynamic ingress", DYNAMIC)}\n}}\n'
    (peer,) = one(estate(tmp_path, variable + group), Permission).peers
    assert isinstance(peer, CidrPeer)
    notes = whence(peer.cidr, peer.at)
    assert [(note.message, note.at.line) for note in notes] == [("this is the default of `var.open`", 3)]


DYNAMIC = 'dynamic "ingress"'


def test_an_unknown_names_the_variable_of_the_root_that_has_no_value(tmp_path: Path) -> None:
    more = 'variable "base" {}\n'
    for passed in ("var.base", "cidrsubnet(var.base, 8, 1)", '"${var.base}/16"'):
        (block,) = one(estate(tmp_path, called(passed, more)), Vpc).blocks
        assert isinstance(block.cidr, Unknown)
        assert block.cidr.reason == "`var.base` has no value"


def test_the_default_of_an_optional_attribute(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "net" {\n  source = "./net"\n  net    = {}\n}\n',
        "net/main.tf": """
            variable "net" {
              type = object({
                cidr = optional(string, "10.0.0.0/16")
              })
            }
            resource "aws_vpc" "v" {
              cidr_block = var.net.cidr
            }
        """,
    }
    assert way(tmp_path, files) == [("this is the default of `var.net`", "net/main.tf", 3)]


def test_a_computation_and_what_it_was_computed_from(tmp_path: Path) -> None:
    more = 'variable "base" {\n  default = "10.0.0.0/8"\n}\n'
    assert way(tmp_path, called("cidrsubnet(var.base, 8, 1)", more)) == [
        PASSED,
        ("this is the default of `var.base`", "main.tf", 6),
    ]


def test_a_template_of_two_variables_names_both(tmp_path: Path) -> None:
    more = 'variable "a" {\n  default = 10\n}\nvariable "b" {\n  default = 7\n}\n'
    assert way(tmp_path, called('"${var.a}.${var.b}.0.0/16"', more)) == [
        PASSED,
        ("this is the default of `var.a`", "main.tf", 6),
        ("this is the default of `var.b`", "main.tf", 9),
    ]


def test_only_the_arm_that_is_taken(tmp_path: Path) -> None:
    more = 'locals {\n  a = local.z\n  b = local.z\n  z = "10.0.0.0/16"\n  on = false\n}\n'
    assert way(tmp_path, called("local.on ? local.a : local.b", more)) == [
        PASSED,
        ("`local.b` is written here", "main.tf", 7),
        ("`local.z` is written here", "main.tf", 8),
    ]


def test_a_long_way_keeps_its_beginning_and_its_origin(tmp_path: Path) -> None:
    chain = "".join(f"  l{n} = local.l{n + 1}\n" for n in range(9))
    text = f'locals {{\n{chain}  l9 = "10.0.0.0/16"\n}}\nresource "aws_vpc" "v" {{\n  cidr_block = local.l0\n}}\n'
    assert [line for _, _, line in way(tmp_path, {"main.tf": text})] == [2, 3, 4, 5, 11]


@pytest.mark.parametrize("links", [20, 800])
def test_a_way_through_very_many_locals_ends(tmp_path: Path, links: int) -> None:
    chain = "".join(f"  l{n} = [local.l{n + 1}, local.l{n + 1}]\n" for n in range(15))
    deep = "".join(f"  d{n} = local.d{n + 1}\n" for n in range(links))
    text = f'locals {{\n{chain}  l15 = "x"\n{deep}  d{links} = "10.0.0.0/16"\n}}\n'
    text += 'resource "aws_vpc" "v" {\n  cidr_block = [local.l0, local.d0][1]\n}\n'
    fragment = estate(tmp_path, text)
    (block,) = one(fragment, Vpc).blocks
    assert len(whence(block.cidr, block.at)) <= 5
