"""Look-ups by properties of what another root or template declares: which are joined, and what keeps others apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerlint import run
from peerlint.cloudformation import CloudFormationOptions
from peerlint.config import Config
from peerlint.network.cidr import parse_cidr
from peerlint.network.link import link
from peerlint.network.model import CidrDestination, GroupPeer, Permission, Route, RouteTable
from peerlint.network.outside import OutsideVpc
from peerlint.network.peerings.pairs import self_peered
from peerlint.network.values import Known, Span, Unknown
from peerlint.terraform import Root, TerraformOptions, read
from tests.network.joined import HERE, ends, joined, likely, peer, request
from tests.terraform.estate import write
from tests.terraform.plan.made import Planned, fragment, plan

PLATFORM = (
    HERE
    + """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "platform", Team = "net" }
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  tags   = { Name = "private" }
}
resource "aws_security_group" "db" {
  name   = "db"
  vpc_id = aws_vpc.main.id
}
"""
)
PRODUCT = (
    HERE
    + """
resource "aws_vpc" "main" { cidr_block = "10.1.0.0/16" }
data "aws_vpc" "platform" {
  CONDITIONS
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = data.aws_vpc.platform.id
}
"""
)
NAME = 'tags = { Name = "platform" }'
TEMPLATE = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      Vpc:
        Type: AWS::EC2::VPC
        Properties:
          CidrBlock: 10.0.0.0/16
          Tags:
            - Key: Name
              Value: platform
"""


def product(conditions: str = NAME, more: str = "") -> str:
    return PRODUCT.replace("CONDITIONS", conditions) + more


@pytest.mark.parametrize(
    "conditions",
    [
        NAME,
        'tags = { Team = "net" }',
        'cidr_block = "10.0.0.0/16"',
        'filter {\n    name   = "tag:Name"\n    values = ["else", "platform"]\n  }\n  state = "available"',
        'default = false\n  filter {\n    name   = "cidr"\n    values = ["10.0.0.0/16"]\n  }',
    ],
)
def test_a_look_up_finds_the_only_vpc_that_has_all_it_asks_for(tmp_path: Path, conditions: str) -> None:
    network = joined(tmp_path, {"platform": PLATFORM, "product": product(conditions)})
    assert peer(network) == "aws_vpc.main in platform"
    assert ends(network)[0].origin.name == "aws_vpc.main"


@pytest.mark.parametrize(
    "conditions",
    [
        'tags = { Name = "other" }',
        'tags = { Name = "platform", Owner = "someone" }',
        'tags = { Name = "platform" }\n  cidr_block = "10.9.0.0/16"',
        "tags = { Name = var.name }",
        'filter {\n    name   = "tag:Name"\n    values = ["plat*"]\n  }',
        "default = true",
        'id = "vpc-0a1b2c3d4e5f60718"',
        'tags   = { Name = "platform" }\n  region = "us-east-1"',
    ],
)
def test_a_look_up_of_something_else_joins_nothing(tmp_path: Path, conditions: str) -> None:
    variable = 'variable "name" {}\n'
    network = joined(tmp_path, {"platform": PLATFORM, "product": product(conditions, variable)})
    assert ends(network)[1].outside
    vpc_id = ends(network)[1].id
    assert isinstance(vpc_id, Known) or vpc_id.detail == ""


def test_two_that_match_are_not_one(tmp_path: Path) -> None:
    network = joined(tmp_path, {"a": PLATFORM, "b": PLATFORM, "product": product()})
    assert ends(network)[1].outside
    assert "a/main.tf:6" in likely(network)
    assert "tool.peerlint.vpc" in likely(network)


def test_the_copies_of_an_environment_are_told_apart(tmp_path: Path) -> None:
    network = joined(tmp_path, {"dev/vpc": PLATFORM, "prod/vpc": PLATFORM, "product": product()})
    said = likely(network)
    assert "it may be aws_vpc.main at dev/vpc/main.tf:6 or aws_vpc.main at prod/vpc/main.tf:6: a" in said


def test_a_block_that_two_look_ups_tell_is_said_once(tmp_path: Path) -> None:
    again = """
data "aws_vpc" "default" { default = true }
data "aws_vpc" "peer" { id = data.aws_vpc.default.id }
resource "aws_vpc" "own" { cidr_block = "172.31.0.0/16" }
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.own.id
  peer_vpc_id = data.aws_vpc.peer.id
}
"""
    write(tmp_path, {"main.tf": HERE + again})
    asked = run.Request(paths=(str(tmp_path),), today=date(2026, 1, 1))
    (found,) = run.analyse(asked, Config(directory=str(tmp_path), select=("PL101",)), lambda _: None).active
    pair = "172.31.0.0/16 of aws_vpc.own and 172.31.0.0/16 of data.aws_vpc.default"
    assert f"overlap ({pair}): the" in found.finding.message


@pytest.mark.parametrize("first", ["dev", "prod"])
def test_a_literal_id_is_no_vpc_that_a_root_that_is_given_it_makes(tmp_path: Path, first: str) -> None:
    """Whichever of the copies of a root is read first."""
    text = """
resource "aws_vpc" "own" { cidr_block = "10.0.0.0/16" }
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.own.id
  peer_vpc_id = "vpc-0a1b2c3d4e5f60718"
}
"""
    second = "prod" if first == "dev" else "dev"
    network = joined(tmp_path, {first: HERE + text, second: HERE + text})
    assert [self_peered(network, peering) for peering in network.peerings.declared] == [False, False]


def test_one_that_may_not_exist_is_not_joined(tmp_path: Path) -> None:
    optional = PLATFORM.replace('"main" {', '"main" {\n  count = var.on ? 1 : 0', 1)
    network = joined(tmp_path, {"platform": optional + 'variable "on" {}\n', "product": product()})
    assert ends(network)[1].outside
    assert "if that exists" in likely(network)


ALLOWED = 'allowed_account_ids = ["111122223333"]'
UNTOLD = [
    (ALLOWED, "", "`allowed_account_ids` in the provider of aws_vpc.main"),
    ('region              = "eu-west-1"', "", "`region` in the provider of aws_vpc.main"),
]


@pytest.mark.parametrize(("old", "new", "told"), UNTOLD)
def test_where_a_root_is_deployed_must_be_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    network = joined(tmp_path, {"platform": PLATFORM.replace(old, new), "product": product()})
    assert ends(network)[1].outside
    assert likely(network) == (
        f"it is aws_vpc.main at platform/main.tf:6 if both are in one Region and account, which {told} would tell"
    )


def test_what_is_in_another_account_is_not_even_likely(tmp_path: Path) -> None:
    other = PLATFORM.replace("111122223333", "444455556666")
    network = joined(tmp_path, {"platform": other, "product": product()})
    assert ends(network)[1].outside
    assert likely(network) == ""


LOGICAL_ID = 'filter {\n    name   = "tag:aws:cloudformation:logical-id"\n    values = ["Vpc"]\n  }'


@pytest.mark.parametrize("conditions", [NAME, LOGICAL_ID])
def test_a_root_finds_what_a_template_declares(tmp_path: Path, conditions: str) -> None:
    network = joined(tmp_path, {"product": product(conditions)}, {"net.yaml": TEMPLATE})
    assert peer(network) == "Vpc in net.yaml"


def test_where_a_template_is_deployed_must_be_told(tmp_path: Path) -> None:
    untold = CloudFormationOptions(region="eu-west-1")
    network = joined(tmp_path, {"product": product()}, {"net.yaml": TEMPLATE}, untold)
    assert ends(network)[1].outside
    assert likely(network).endswith("which --account for Vpc would tell")


ROUTES = """
resource "aws_route" "there" {
  route_table_id            = aws_vpc.main.main_route_table_id
  destination_cidr_block    = data.aws_vpc.platform.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
resource "aws_route" "back" {
  route_table_id            = data.aws_vpc.platform.main_route_table_id
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
"""


def test_attributes_of_a_look_up_are_those_of_what_it_finds(tmp_path: Path) -> None:
    network = joined(tmp_path, {"platform": PLATFORM, "product": product(more=ROUTES)})
    there, back = network.all(Route)
    back, there = sorted((there, back), key=lambda route: route.origin.address)
    cidr = parse_cidr("10.0.0.0/16")
    assert cidr is not None
    assert there.destination == CidrDestination(Known(cidr), 4)
    table = network.tables.by_id(back.table)
    assert table is not None
    assert table.is_default
    assert network.vpcs.by_id(table.vpc, table.origin).origin.address == "aws_vpc.main"
    assert table.origin.stack.endswith("platform")


def test_the_main_table_of_a_templates_vpc_is_one_for_all_roots(tmp_path: Path) -> None:
    roots = {"product": product(more=ROUTES), "other": product(more=ROUTES)}
    network = joined(tmp_path, roots, {"net.yaml": TEMPLATE})
    back = [route for route in network.all(Route) if route.origin.address == "aws_route.back"]
    assert len(back) == 2
    assert back[0].table == back[1].table
    table = network.tables.by_id(back[0].table)
    assert table is not None
    assert network.tables.main(network.vpcs.by_id(table.vpc, back[0].origin)) == table


FURTHER = """
data "aws_route_table" "private" {
  vpc_id = data.aws_vpc.platform.id
  tags   = { Name = "private" }
}
data "aws_security_group" "db" {
  name   = "db"
  vpc_id = data.aws_vpc.platform.id
}
resource "aws_security_group" "app" { vpc_id = aws_vpc.main.id }
resource "aws_vpc_security_group_egress_rule" "db" {
  security_group_id            = aws_security_group.app.id
  referenced_security_group_id = data.aws_security_group.db.id
  ip_protocol                  = "-1"
}
"""


def test_a_look_up_leads_on_to_others(tmp_path: Path) -> None:
    network = joined(tmp_path, {"platform": PLATFORM, "product": product(more=FURTHER)})
    named = [p.group for rule in network.all(Permission) for p in rule.peers if isinstance(p, GroupPeer)]
    group = network.groups.by_id(named[0])
    assert group is not None
    assert group.origin.stack.endswith("platform")
    assert not group.outside
    assert not [table for table in network.all(RouteTable) if table.origin.address.startswith("data.aws_route_table")]


REQUESTER = (
    HERE
    + """
resource "aws_vpc" "hub" {
  cidr_block = "10.5.0.0/16"
}
data "aws_vpc" "main" { tags = { Name = "platform" } }
resource "aws_vpc_peering_connection" "request" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = data.aws_vpc.main.id
  tags        = { Name = "hub-to-platform" }
}
"""
)
ACCEPTER = (
    PLATFORM
    + """
data "aws_vpc_peering_connection" "hub" {
  CONDITIONS
}
resource "aws_vpc_peering_connection_accepter" "hub" {
  vpc_peering_connection_id = data.aws_vpc_peering_connection.hub.id
  auto_accept               = true
}
"""
)


@pytest.mark.parametrize(
    ("conditions", "is_joined"),
    [
        ("peer_vpc_id = aws_vpc.main.id", True),
        ('peer_vpc_id = aws_vpc.main.id\n  status = "pending-acceptance"', True),
        ('peer_cidr_block = "10.0.0.0/16"\n  cidr_block = "10.5.0.0/16"', True),
        ('tags = { Name = "hub-to-platform" }', True),
        ('peer_owner_id = "111122223333"\n  peer_vpc_id = aws_vpc.main.id', True),
        ('filter {\n    name   = "accepter-vpc-info.vpc-id"\n    values = [aws_vpc.main.id]\n  }', True),
        ("vpc_id = aws_vpc.main.id", False),
        ('peer_vpc_id = aws_vpc.main.id\n  status = "rejected"', False),
        ('peer_vpc_id = aws_vpc.main.id\n  cidr_block = "10.6.0.0/16"', False),
        ('tags = { Name = "other" }', False),
    ],
)
def test_an_accepter_adopts_the_request_of_another_root(tmp_path: Path, conditions: str, is_joined: bool) -> None:
    accepter = ACCEPTER.replace("CONDITIONS", conditions)
    network = joined(tmp_path, {"hub": REQUESTER, "platform": accepter})
    found = network.peerings.accepters(request(network)).items
    assert [a.origin.address for a in found] == ["aws_vpc_peering_connection_accepter.hub"] * is_joined


def test_tags_of_a_request_are_not_seen_in_the_accepters_region(tmp_path: Path) -> None:
    """Tags are on one side only, ids of VPCs on both."""
    elsewhere = REQUESTER.replace('"eu-west-1"', '"us-east-1"', 1).replace(
        'data "aws_vpc" "main" { tags', 'data "aws_vpc" "main" {\n  region = "eu-west-1"\n  tags'
    )
    for conditions, count in (('tags = { Name = "hub-to-platform" }', 0), ("peer_vpc_id = aws_vpc.main.id", 1)):
        accepter = ACCEPTER.replace("CONDITIONS", conditions)
        network = joined(tmp_path, {"hub": elsewhere, "platform": accepter})
        assert len(network.peerings.accepters(request(network)).items) == count


def test_two_requests_of_one_pair_are_one_too_many(tmp_path: Path) -> None:
    """Both sides written as requests, each in its own root: one repeats the other."""
    other = PLATFORM + (
        'data "aws_vpc" "hub" { cidr_block = "10.5.0.0/16" }\n'
        'resource "aws_vpc_peering_connection" "back" {\n'
        "  vpc_id      = aws_vpc.main.id\n  peer_vpc_id = data.aws_vpc.hub.id\n}\n"
    )
    network = joined(tmp_path, {"hub": REQUESTER, "platform": other})
    first, second = network.peerings.requested
    assert {first.vpc, first.peer_vpc} == {second.vpc, second.peer_vpc}
    assert [(repeat.first, repeat.peering) for repeat in network.peerings.repeats] == [(first, second)]


ROW = OutsideVpc(Span("/peerlint.toml", 1, 1, 1, 8), id="vpc-0a1b2c3d4e5f60718", name="platform", region="eu-west-1")


def test_a_row_of_the_configuration_makes_one_of_an_id_and_a_name(tmp_path: Path) -> None:
    literal = HERE + (
        'resource "aws_vpc" "x" { cidr_block = "10.7.0.0/16" }\n'
        'resource "aws_vpc_peering_connection" "x" {\n'
        '  vpc_id      = aws_vpc.x.id\n  peer_vpc_id = "vpc-0a1b2c3d4e5f60718"\n}\n'
    )
    network = joined(tmp_path, {"product": product(), "literal": literal}, outside=[ROW])
    by_name, by_id = (ends(network, f"aws_vpc_peering_connection.{name}")[1] for name in ("p", "x"))
    assert network.vpcs.same(by_name, by_id) is True


def test_a_row_of_another_region_tells_nothing(tmp_path: Path) -> None:
    far = OutsideVpc(ROW.at, id=ROW.id, name="platform", region="us-east-1")
    network = joined(tmp_path, {"product": product()}, outside=[far])
    assert isinstance(ends(network)[1].id, Unknown)


PLACED = {
    "aws": {
        "name": "aws",
        "expressions": {
            "region": {"constant_value": "eu-west-1"},
            "allowed_account_ids": {"constant_value": ["111122223333"]},
        },
    }
}


def test_a_root_finds_what_the_plan_of_another_one_makes(tmp_path: Path) -> None:
    made = Planned("aws_vpc.main", {"cidr_block": "10.0.0.0/16", "tags": {"Name": "platform"}}, {"id": True})
    planned = fragment(tmp_path / "platform" / "plan.json", plan(made, providers=PLACED))
    write(tmp_path, {"product/main.tf": product()})
    network = link([planned, read(Root(str(tmp_path / "product"), "product"), TerraformOptions(str(tmp_path)))])
    assert ends(network)[1].origin.address == "aws_vpc.main"
    assert not ends(network)[1].outside
