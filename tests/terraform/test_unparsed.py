"""Blocks are parsed when they are asked for; what is no HCL then hides the block, and nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from peerlint.network.model import Fragment, Kind, Peering, SecurityGroup, Vpc
from peerlint.network.values import Unknown
from peerlint.terraform.config import load_module
from peerlint.terraform.roots import called_directories
from tests.terraform.estate import estate, of, one, write
from tests.values import known

VPC = 'resource "aws_vpc" "a" {\n  cidr_block = %s\n}\n'
BROKEN = '  broken = [1, 2\n  here = "}"\n'


def unread(fragment: Fragment) -> list[tuple[str, int, int]]:
    """The PL901s, each of which is a gap as well."""
    found = [(Path(p.at.file).name, p.at.line, p.at.column) for p in fragment.problems if p.kind.value == "PL901"]
    gaps = {Path(gap.at.file).name for gap in fragment.gaps if Kind.ANY in gap.kinds}
    assert gaps == {name for name, _, _ in found}
    return found


@pytest.mark.parametrize(
    "block",
    [
        'resource "aws_instance" "x"',
        'resource "null_resource" "x"',
        'data "aws_ami" "x"',
        'variable "x"',
        'output "x"',
        "locals",
        "moved",
        'check "x"',
    ],
)
def test_what_nothing_asks_for_is_not_parsed(tmp_path: Path, block: str) -> None:
    fragment = estate(tmp_path, f"{block} {{\n{BROKEN}}}\n" + VPC % '"10.0.0.0/16"')
    asked = block.startswith('resource "aws_instance"')
    assert unread(fragment) == ([("main.tf", 3, 3)] if asked else [])
    assert str(known(one(fragment, Vpc).blocks[0].cidr)) == "10.0.0.0/16"


@pytest.mark.parametrize(
    ("block", "reference"),
    [
        ('variable "x"', "var.x"),
        ("locals", "local.x"),
        ('resource "null_resource" "x"', "null_resource.x.id"),
        ('data "external" "x"', "data.external.x.result"),
        ('module "x"', "module.x.id"),
    ],
)
@pytest.mark.parametrize("around", ["{}", 'try({}, "10.0.0.0/16")', 'can({}) ? "10.0.0.0/16" : "10.1.0.0/16"'])
def test_what_refers_to_a_block_that_is_no_hcl_is_unknown(
    tmp_path: Path, block: str, reference: str, around: str
) -> None:
    text = f"{block} {{\n{BROKEN}}}\n" + VPC % around.format(reference)
    fragment = estate(tmp_path, text)
    assert unread(fragment) == [("main.tf", 3, 3)]
    assert {problem.kind.value for problem in fragment.problems} == {"PL901"}
    assert isinstance(one(fragment, Vpc).blocks[0].cidr, Unknown)


def test_a_block_that_is_no_hcl_is_not_there_and_its_neighbours_are(tmp_path: Path) -> None:
    group = f'resource "aws_security_group" "b" {{\n{BROKEN}}}\n'
    peering = 'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = aws_vpc.a.id\n  peer_vpc_id = "vpc-1"\n}\n'
    fragment = estate(tmp_path, group + VPC % '"10.0.0.0/16"' + peering)
    assert unread(fragment) == [("main.tf", 3, 3)]
    assert [group.origin.address for group in of(fragment, SecurityGroup) if not group.is_default] == []
    assert one(fragment, Peering).vpc == one(fragment, Vpc).id


def test_another_local_value_may_stand_in_a_block_that_is_no_hcl(tmp_path: Path) -> None:
    good = 'locals {\n  good = "10.0.0.0/16"\n}\n'
    fragment = estate(tmp_path, good + f"locals {{\n{BROKEN}}}\n" + VPC % "local.good")
    assert unread(fragment) == [("main.tf", 6, 3)]
    assert str(known(one(fragment, Vpc).blocks[0].cidr)) == "10.0.0.0/16"


def test_the_place_of_what_a_provider_that_is_no_hcl_makes_is_unknown(tmp_path: Path) -> None:
    fragment = estate(tmp_path, f'provider "aws" {{\n{BROKEN}}}\n' + VPC % '"10.0.0.0/16"')
    region = one(fragment, Vpc).place.region
    assert isinstance(region, Unknown)
    assert region.of is None
    assert unread(fragment) == [("main.tf", 3, 3)]


def test_the_order_of_blocks_does_not_matter(tmp_path: Path) -> None:
    blocks = [
        f'variable "x" {{\n{BROKEN}}}\n',
        f'resource "aws_route" "r" {{\n{BROKEN}}}\n',
        VPC % "var.x",
        'resource "aws_subnet" "s" {\n  vpc_id = aws_vpc.a.id\n  cidr_block = local.missing\n}\n',
        f"locals {{\n{BROKEN}}}\n",
    ]
    found = []
    for number, order in enumerate(itertools.permutations(blocks, 5)):
        if number % 17 == 0:
            fragment = estate(tmp_path / str(number), "".join(order))
            assert len(unread(fragment)) == 3
            found.append(sorted((p.kind.value, p.message) for p in fragment.problems))
    assert found == [found[0]] * len(found)


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('  source = "./m"\n', ["m"]),
        ('  source = "./m" # here\n  x = 1\n', ["m"]),
        ('  source    = "./m"\r\n', ["m"]),
        (' source = "./m" ', ["m"]),
        ('  x = { source = "./n" }\n  source = "./m"\n', ["m"]),
        ('  x = {\n    source = "./n"\n  }\n  source = "./m"\n', ["m"]),
        ('  x = [\n  source = "./n"\n  ]\n', []),
        ('  x = <<EOT\n  source = "./n"\nEOT\n', []),
        ('  /*\n  source = "./n"\n  */\n  source = "./m"\n', ["m"]),
        ('  # source = "./n"\n  source = "./m"\n', ["m"]),
        ('  my-source = "./n"\n', []),
        ('  source = "./${var.m}"\n', []),
        ('  source = "./\\u006d"\n', ["m"]),
        ('  source = ("./m")\n', ["m"]),
        ("", []),
    ],
)
def test_the_source_of_a_call_is_seen_without_a_mistake(tmp_path: Path, inside: str, found: list[str]) -> None:
    write(tmp_path, {"m/main.tf": "", "n/main.tf": ""})
    opening = "{\n" if inside.endswith("\n") else "{"
    (tmp_path / "main.tf").write_bytes(f'module "x" {opening}{inside}}}\n'.encode())
    called = called_directories(load_module(str(tmp_path)))
    assert [Path(directory).name for directory in called] == found
