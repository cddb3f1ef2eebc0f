"""A resource as a value: what is written in it is known, its other attributes exist all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.config import load_module
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.root_state import RootState
from peerlint.terraform.site import Site
from peerlint.terraform.values import TfValue
from tests.terraform.estate import write


def value(folder: Path, expression: str) -> TfValue:
    """An expression beside a VPC."""
    text = f'resource "aws_vpc" "a" {{\n  cidr_block = "10.0.0.0/16"\n}}\nlocals {{\n  it = {expression}\n}}\n'
    write(folder, {"main.tf": text})
    state = RootState(str(folder), str(folder), str(folder))
    return ModuleInstance(Site(state, load_module(str(folder)))).local("it")


@pytest.mark.parametrize(
    "expression", ["merge(aws_vpc.a, { x = 1 }).id", 'lookup(aws_vpc.a, "id", "none")', 'try(aws_vpc.a["id"], "none")']
)
def test_an_attribute_keeps_its_identity(expression: str, tmp_path: Path) -> None:
    found = value(tmp_path, expression)
    assert isinstance(found, Unknown)
    assert found.of is not None
    assert (found.of.address, found.of.attribute) == ("aws_vpc.a", "id")


def test_attributes_of_other_objects_come_first(tmp_path: Path) -> None:
    assert value(tmp_path, 'merge(aws_vpc.a, { arn = "mine" }).arn') == Known("mine")
    assert value(tmp_path, "merge(aws_vpc.a, { x = 1 }).cidr_block") == Known("10.0.0.0/16")
    assert isinstance(value(tmp_path, "merge({ x = 1 }, aws_vpc.a).main_route_table_id"), Unknown)


@pytest.mark.parametrize(
    "expression",
    [
        "keys(aws_vpc.a)",
        "length(aws_vpc.a)",
        "[for k, v in aws_vpc.a : k]",
        "jsonencode(aws_vpc.a)",
        "tomap(aws_vpc.a)",
    ],
)
def test_what_all_attributes_decide_is_unknown(expression: str, tmp_path: Path) -> None:
    found = value(tmp_path, expression)
    assert isinstance(found, Unknown)
    assert found.why is Why.COMPUTED


def test_an_id_is_neither_null_nor_empty(tmp_path: Path) -> None:
    assert value(tmp_path, 'aws_vpc.a.id == "" ? "none" : "there"') == Known("there")
    assert value(tmp_path, "aws_vpc.a.id != null") == Known(True)
    assert isinstance(value(tmp_path, "aws_vpc.a.ipv6_cidr_block == null"), Unknown)
    found = value(tmp_path, 'aws_vpc.a.id != "" ? aws_vpc.a.id : "vpc-1"')
    assert isinstance(found, Unknown)
    assert found.of is not None
    assert found.of.attribute == "id"


def test_equal_results_keep_what_is_known_under_an_open_condition(tmp_path: Path) -> None:
    found = value(tmp_path, 'var.open ? { cidr = "10.1.0.0/16", n = 1 } : { cidr = "10.1.0.0/16", n = 2 }')
    assert isinstance(found, Known)
    assert isinstance(found.value, dict)
    assert found.value["cidr"] == Known("10.1.0.0/16")
    assert isinstance(found.value["n"], Unknown)


def test_an_attribute_of_each_element_is_no_text(tmp_path: Path) -> None:
    found = value(tmp_path, "toset([for each in aws_vpc.a.ipv6_associations : each.cidr_block])")
    assert isinstance(found, Unknown)
    assert found.of is not None
    assert found.of.attribute == "ipv6_associations.cidr_block"
