"""The comparison with Terraform's plans itself: that it sees what differs, and what may."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("tf", reason="the provider framework is not installed")

from tests.oracle.agreement import disagreements, planned
from tests.oracle.judge import Disagreement
from tests.oracle.plan_differences import DIFFERENCES, Difference, explained
from tests.oracle.terraform_plan import TERRAFORM
from tests.oracle.workspace import workspace
from tests.terraform.estate import write

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

PAGE = Path(__file__).parents[2] / "docs" / "terraform.md"


def _found(
    folder: Path, worlds: tuple[Mapping[str, str], Mapping[str, str]], theirs: str, ours: str
) -> list[Disagreement]:
    """The disagreements of two texts, of which Terraform reads one and peerlint the other."""
    write(folder / "root", {"main.tf": theirs})
    (folder / "scratch").mkdir()
    space = workspace(folder / "root", folder / "root", folder / "scratch")
    space.prepare(worlds[0])
    plans = planned(space, worlds)
    write(space.directory, {"main.tf": ours})
    return list(disagreements(space, plans))


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.what)
def test_the_example_shows_the_difference_and_no_other(
    difference: Difference, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    found = _found(tmp_path, worlds, difference.example, difference.example)
    rows = [row for _, row in explained(found)]
    assert difference.what in rows
    assert None not in rows


def test_the_page_names_every_difference() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    missing = [each.what for each in DIFFERENCES if each.reason[2:] not in page]
    assert missing == []


LEFT_OUT = """
    resource "aws_customer_gateway" "a" {
      type        = "ipsec.1"
      device_name = null
    }
    output "name" { value = aws_customer_gateway.a.device_name }
    output "has_name" { value = aws_customer_gateway.a.device_name != null }
    output "address" { value = aws_customer_gateway.a.ip_address }
"""


def test_what_follows_from_an_argument_that_is_left_out_is_for_plan_to_say(
    worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    assert _found(tmp_path, worlds, LEFT_OUT, LEFT_OUT) == []


def test_an_argument_is_read_back_in_the_type_in_which_it_is_written(
    worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    vpc = 'resource "aws_vpc" "a" {\n  cidr_block           = "10.0.0.0/16"\n  enable_dns_hostnames = "true"\n}\n'
    root = f'{vpc}output "dns" {{ value = aws_vpc.a.enable_dns_hostnames }}\n'
    found = _found(tmp_path, worlds, root, root)
    assert found == [Disagreement("output.dns", "value", "'true'", ("True", "True"))]


ESTATE = """
    variable "names" { default = ["a", "b"] }
    provider "aws" { region = "eu-west-1" }
    provider "aws" {
      alias  = "other"
      region = "us-east-1"
    }
    resource "aws_vpc" "each" {
      for_each   = toset(var.names)
      cidr_block = "10.${index(var.names, each.key)}.0.0/16"
    }
    resource "aws_subnet" "it" {
      vpc_id     = aws_vpc.each["a"].id
      cidr_block = aws_vpc.each["a"].cidr_block
    }
    resource "aws_security_group" "it" {
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
      }
    }
    data "aws_vpc" "looked_up" { tags = { Name = "x" } }
    resource "aws_vpc_peering_connection" "it" {
      vpc_id      = data.aws_vpc.looked_up.id
      peer_vpc_id = aws_vpc.each["b"].id
      accepter { allow_remote_vpc_dns_resolution = true }
    }
"""

CHANGES = {
    'default = ["a", "b"]': ('default = ["a", "b", "c"]', 'aws_vpc.each["c"]', "instance"),
    "toset(var.names)": ("toset([])", 'aws_vpc.each["a"]', "instance"),
    'region = "eu-west-1"': ('region = "eu-west-2"', 'aws_vpc.each["a"]', "region"),
    "for_each   = toset": ("provider = aws.other\n      for_each   = toset", 'aws_vpc.each["a"]', "provider"),
    "10.${index": ("11.${index", 'aws_vpc.each["a"]', "cidr_block"),
    'vpc_id     = aws_vpc.each["a"].id': ('vpc_id = "vpc-1"', "aws_subnet.it", "vpc_id"),
    '= aws_vpc.each["a"].cidr_block': ('= aws_vpc.each["a"].ipv6_cidr_block', "aws_subnet.it", "cidr_block"),
    "from_port   = 22": ("from_port   = 23", "aws_security_group.it", "ingress"),
    '"10.0.0.0/8", "192.168.0.0/16"': ('"192.168.0.0/16", "10.0.0.0/8"', "aws_security_group.it", "ingress"),
    "data.aws_vpc.looked_up.id": ('aws_vpc.each["a"].id', "aws_vpc_peering_connection.it", "vpc_id"),
    "accepter {": ("requester {", "aws_vpc_peering_connection.it", "requester"),
    "resolution = true": ("resolution = false", "aws_vpc_peering_connection.it", "accepter[0]"),
}
"""Changes to what peerlint reads, each with the address and the beginning of the path where they must be seen."""


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_on_one_side_is_seen(
    change: str, worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path
) -> None:
    after, address, path = CHANGES[change]
    assert change in ESTATE
    found = _found(tmp_path, worlds, ESTATE, ESTATE.replace(change, after, 1))
    assert [each for each in found if each.address == address and each.path.startswith(path)]


def test_without_a_change_nothing_is_seen(worlds: tuple[Mapping[str, str], Mapping[str, str]], tmp_path: Path) -> None:
    assert _found(tmp_path, worlds, ESTATE, ESTATE) == []
