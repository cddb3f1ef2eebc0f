"""What the unknown values of a plan are, by its references alone and by the root beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import Peering, Route, RouteTable, Subnet, Vpc
from peerlint.network.values import Identity, Known, Unknown, Written
from tests.terraform.estate import of, one, write
from tests.terraform.plan.made import Json, Planned, fragment, plan, state
from tests.values import identity, known

A = Planned("aws_vpc.a", {"cidr_block": "10.1.0.0/16"}, {"id": True, "main_route_table_id": True})
B = Planned("aws_vpc.b", {"cidr_block": "10.2.0.0/16"}, {"id": True})


def _peering(vpc: list[str], **more: Json) -> Planned:
    unknown = {"id": True, "vpc_id": True, "peer_owner_id": True, **more}
    values = {"peer_vpc_id": "vpc-0d4c3b2a19f8e7d60", "auto_accept": None}
    return Planned("aws_vpc_peering_connection.ab", values, unknown, {"vpc_id": vpc})


def _vpc_of(tmp_path: Path, *instances: Planned, **more: Json) -> Written[str]:
    return one(fragment(tmp_path / "tfplan.json", plan(*instances, **more)), Peering).vpc


def test_a_reference_to_one_unknown_id_is_that_id(tmp_path: Path) -> None:
    found = identity(_vpc_of(tmp_path, A, B, _peering(["aws_vpc.a.id"])))
    assert found == Identity(str(tmp_path / "tfplan.json"), "aws_vpc.a", "id")


def test_what_is_known_does_not_count_among_the_references(tmp_path: Path) -> None:
    peering = _peering(["var.create", "aws_vpc.a.cidr_block", "aws_vpc.a.id"])
    assert identity(_vpc_of(tmp_path, A, peering)).address == "aws_vpc.a"


@pytest.mark.parametrize(
    "references",
    [["aws_vpc.a.id", "aws_vpc.b.id"], ["aws_vpc.a"], ["local.vpc_id"], ["aws_vpc.gone.id"], ["each.value"]],
)
def test_what_may_be_one_of_several_has_no_identity(tmp_path: Path, references: list[str]) -> None:
    value = _vpc_of(tmp_path, A, B, _peering(references))
    assert isinstance(value, Unknown)
    assert value.of is None


def test_a_block_made_of_another_is_not_the_other(tmp_path: Path) -> None:
    vpc = Planned("aws_vpc.ipam", {}, {"id": True, "cidr_block": True}, {"ipv4_ipam_pool_id": ["var.pool"]})
    unknown = {"id": True, "cidr_block": True}
    subnet = Planned("aws_subnet.a", {"vpc_id": "vpc-1"}, unknown, {"cidr_block": ["aws_vpc.ipam.cidr_block"]})
    (block,) = one(fragment(tmp_path / "tfplan.json", plan(vpc, subnet)), Subnet).blocks
    assert isinstance(block.cidr, Unknown)
    assert block.cidr.of is None


def test_an_instance_is_told_from_its_siblings_by_its_key(tmp_path: Path) -> None:
    spokes = [
        Planned(f'aws_vpc.spoke["{key}"]', {"cidr_block": f"10.{n}.0.0/16"}, {"id": True})
        for n, key in enumerate(("eu.one", "eu.two"))
    ]
    told = identity(_vpc_of(tmp_path, *spokes, _peering(['aws_vpc.spoke["eu.two"].id'])))
    assert told.address == 'aws_vpc.spoke["eu.two"]'
    keyless = _vpc_of(tmp_path, *spokes, _peering(["aws_vpc.spoke", "each.key"]))
    assert isinstance(keyless, Unknown)
    assert keyless.of is None


def test_outputs_and_variables_of_modules_are_followed(tmp_path: Path) -> None:
    vpc = Planned("module.net.aws_vpc.this", {"cidr_block": "10.1.0.0/16"}, {"id": True})
    values, unknown = {"peer_vpc_id": "vpc-1"}, {"id": True, "vpc_id": True}
    peering = Planned("module.link.aws_vpc_peering_connection.this", values, unknown, {"vpc_id": ["var.vpc_id"]})
    calls: dict[str, Json] = {
        "net": {"outputs": {"vpc_id": {"expression": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}}},
        "link": {"expressions": {"vpc_id": {"references": ["module.net.vpc_id", "module.net"]}}},
    }
    found = fragment(tmp_path / "tfplan.json", plan(vpc, peering, calls=calls))
    assert identity(one(found, Peering).vpc).address == "module.net.aws_vpc.this"


def test_an_argument_set_to_null_is_the_providers_to_compute(tmp_path: Path) -> None:
    unknown: Json = {"peer_owner_id": True}
    peering = _peering(["aws_vpc.a.id"], **unknown)
    written = Planned(
        peering.address, peering.values, peering.unknown, {**peering.refers, "peer_owner_id": ["var.owner"]}
    )
    found = one(fragment(tmp_path / "tfplan.json", plan(A, written)), Peering)
    assert found.peer_owner is None


def test_a_known_id_joins_by_itself(tmp_path: Path) -> None:
    applied = Planned("aws_vpc.a", {"id": "vpc-0a", "cidr_block": "10.1.0.0/16", "main_route_table_id": "rtb-0a"})
    values = {"id": "pcx-0a", "vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0b"}
    peering = Planned("aws_vpc_peering_connection.ab", values)
    found = fragment(tmp_path / "state.json", state(applied, peering))
    assert one(found, Peering).vpc == one(found, Vpc).id == Known("vpc-0a")
    assert next(table.id for table in of(found, RouteTable)) == Known("rtb-0a")


SOURCE = """
    variable "spokes" {
      type = set(string)
    }

    locals {
      ids = { for name, vpc in aws_vpc.spoke : name => vpc.id }
    }

    resource "aws_vpc" "spoke" {
      for_each   = var.spokes
      cidr_block = "10.${length(each.key)}.0.0/16"
    }

    resource "aws_vpc_peering_connection" "hub" {
      for_each    = aws_vpc.spoke
      vpc_id      = local.ids[each.key]
      peer_vpc_id = "vpc-0d4c3b2a19f8e7d60"
    }
"""


def _spokes() -> Json:
    instances = []
    for key in ("blue", "red"):
        block = {"cidr_block": f"10.{len(key)}.0.0/16"}
        instances.append(Planned(f'aws_vpc.spoke["{key}"]', block, {"id": True}, {"cidr_block": ["each.key"]}))
    for key in ("blue", "red"):
        refers = {"vpc_id": ["local.ids", "each.key"]}
        values, unknown = {"peer_vpc_id": "vpc-0d4c3b2a19f8e7d60"}, {"id": True, "vpc_id": True}
        instances.append(Planned(f'aws_vpc_peering_connection.hub["{key}"]', values, unknown, refers))
    return plan(*instances, variables={"spokes": {"value": ["blue", "red"]}})


def test_the_root_beside_a_plan_tells_what_its_references_do_not(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SOURCE})
    found = fragment(tmp_path / "tfplan.json", _spokes())
    ends = {peering.origin.address: identity(peering.vpc).address for peering in of(found, Peering)}
    assert ends == {f'aws_vpc_peering_connection.hub["{key}"]': f'aws_vpc.spoke["{key}"]' for key in ("blue", "red")}
    assert {peering.origin.presence.doubt for peering in of(found, Peering)} == {None}
    assert [known(vpc.blocks[0].cidr).prefix for vpc in of(found, Vpc) if not vpc.outside] == [16, 16]


def test_places_are_those_of_the_root_beside_it(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": SOURCE})
    peering = of(fragment(tmp_path / "tfplan.json", _spokes()), Peering)[0]
    assert (peering.origin.span.file, peering.origin.span.line) == (str(tmp_path / "main.tf"), 14)
    assert peering.origin.at("vpc_id").line == 16


def test_without_the_root_a_place_is_the_address_in_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "tfplan.json"
    peering = of(fragment(path, _spokes()), Peering)[0]
    span = peering.origin.span
    assert span.file == str(path)
    line = path.read_text().splitlines()[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == r'"aws_vpc_peering_connection.hub[\"blue\"]"'


def test_a_root_that_has_changed_since_decides_nothing(tmp_path: Path) -> None:
    """The source now names another VPC than the plan's references do."""
    source = """
        resource "aws_vpc" "a" {
          cidr_block = "10.1.0.0/16"
        }

        resource "aws_vpc" "b" {
          cidr_block = "10.2.0.0/16"
        }

        resource "aws_vpc_peering_connection" "ab" {
          vpc_id      = aws_vpc.b.id
          peer_vpc_id = "vpc-0d4c3b2a19f8e7d60"
        }
    """
    write(tmp_path, {"main.tf": source})
    value = _vpc_of(tmp_path, A, B, _peering(["aws_vpc.a.id"]))
    assert isinstance(value, Unknown)
    assert value.of is None


def test_known_attributes_flow_through_the_evaluation_of_the_root(tmp_path: Path) -> None:
    """The keys of the routes come from a look-up, and the peering's id through a local that is made of it."""
    source = """
        data "aws_route_tables" "all" {
          vpc_id = "vpc-0a"
        }

        locals {
          over = { for id in data.aws_route_tables.all.ids : id => aws_vpc_peering_connection.ab.id }
        }

        resource "aws_vpc_peering_connection" "ab" {
          vpc_id      = "vpc-0a"
          peer_vpc_id = "vpc-0b"
        }

        resource "aws_route" "there" {
          for_each                  = local.over
          route_table_id            = each.key
          destination_cidr_block    = "10.2.0.0/16"
          vpc_peering_connection_id = each.value
        }
    """
    write(tmp_path, {"main.tf": source})
    tables = Planned("data.aws_route_tables.all", {"id": "eu-west-1", "vpc_id": "vpc-0a", "ids": ["rtb-1", "rtb-2"]})
    peering = Planned("aws_vpc_peering_connection.ab", {"vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0b"}, {"id": True})
    routes = [
        Planned(
            f'aws_route.there["{table}"]',
            {"route_table_id": table, "destination_cidr_block": "10.2.0.0/16"},
            {"id": True, "vpc_peering_connection_id": True},
            {"route_table_id": ["each.key"], "vpc_peering_connection_id": ["each.value"]},
        )
        for table in ("rtb-1", "rtb-2")
    ]
    found = fragment(tmp_path / "tfplan.json", plan(tables, peering, *routes))
    assert [known(route.table) for route in of(found, Route)] == ["rtb-1", "rtb-2"]
    assert {identity(route.target.id).address for route in of(found, Route)} == {"aws_vpc_peering_connection.ab"}
