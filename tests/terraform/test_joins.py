"""Look-ups of what the same root declares: which ones are joined, and what keeps others apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.link import link
from peerlint.network.model import (
    CidrDestination,
    Fragment,
    Gateway,
    GatewayKind,
    Peering,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known, Unknown
from tests.terraform.estate import estate, of, one
from tests.values import known

HUB = """
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "far"
  region = "us-east-1"
}
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "hub", Team = "net" }
}
resource "aws_vpc_peering_connection" "p" {
  vpc_id      = data.aws_vpc.hub.id
  peer_vpc_id = "vpc-2"
}
resource "aws_route" "r" {
  route_table_id            = data.aws_vpc.hub.main_route_table_id
  destination_cidr_block    = data.aws_vpc.hub.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.p.id
}
"""

NAME = 'filter {\n    name   = "tag:Name"\n    values = ["hub"]\n  }'

FINDS = [
    'tags = { Name = "hub" }',
    NAME,
    NAME + '\n  cidr_block = "10.0.0.0/16"\n  default = false\n  state = "available"',
    'filter {\n    name   = "tag:Name"\n    values = ["spoke", "hub"]\n  }',
    'region = "eu-west-1"\n  tags = { Team = "net" }',
]

DOES_NOT = [
    'tags = { Name = "spoke" }',
    'tags = { Name = "hub", Owner = "someone" }',
    "tags = { Name = var.name }",
    'filter {\n    name   = "tag:Name"\n    values = ["hub*"]\n  }',
    NAME + '\n  filter {\n    name   = "owner-id"\n    values = ["111122223333"]\n  }',
    NAME + "\n  provider = aws.far",
    NAME + '\n  region = "us-east-1"',
    NAME + "\n  default = true",
    "default = false",
]


def _hub(folder: Path, conditions: str, more: str = "") -> Fragment:
    return estate(folder, f'{HUB}\nvariable "name" {{}}\ndata "aws_vpc" "hub" {{\n  {conditions}\n}}\n{more}')


@pytest.mark.parametrize("conditions", FINDS)
def test_a_look_up_whose_conditions_a_declared_vpc_meets_finds_it(tmp_path: Path, conditions: str) -> None:
    network = link([_hub(tmp_path, conditions)])
    (peering,), (route,) = network.all(Peering), network.all(Route)
    assert [vpc.origin.address for vpc in network.all(Vpc)] == ["aws_vpc.hub"]
    (vpc,) = network.all(Vpc)
    assert network.peerings.end(peering, next(side for _, side in network.peerings.of(vpc))).vpc is vpc
    assert isinstance(route.destination, CidrDestination)
    assert str(known(route.destination.cidr)) == "10.0.0.0/16"
    table = network.tables.by_id(route.table)
    assert table is not None
    assert table is network.tables.main(vpc)


@pytest.mark.parametrize("conditions", DOES_NOT)
def test_a_look_up_that_asks_for_something_else_finds_another(tmp_path: Path, conditions: str) -> None:
    network = link([_hub(tmp_path, conditions)])
    (peering,) = network.all(Peering)
    assert isinstance(peering.vpc, Unknown)
    assert peering.vpc.of is not None
    assert peering.vpc.of.address == "data.aws_vpc.hub"


TWIN = 'resource "aws_vpc" "twin" {\n  cidr_block = "10.9.0.0/16"\n  tags = { Name = "hub" }\n}\n'
OPTIONAL = HUB.replace('"hub" {\n', '"hub" {\n  count = var.name ? 1 : 0\n', 1)


def test_of_two_that_match_none_is_found_and_one_that_may_not_exist_neither(tmp_path: Path) -> None:
    assert not _hub(tmp_path, NAME, TWIN).provides
    text = f'{OPTIONAL}\nvariable "name" {{}}\ndata "aws_vpc" "hub" {{\n  {NAME}\n}}\n'
    assert not estate(tmp_path, text).provides


def test_subnets_groups_and_tables_are_found_within_their_vpc(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "aws_subnet" "s" {
          vpc_id     = aws_vpc.a.id
          cidr_block = "10.0.1.0/24"
          tags       = { Name = "private" }
        }
        resource "aws_route_table" "t" { vpc_id = aws_vpc.a.id }
        resource "aws_route_table_association" "s" {
          subnet_id      = aws_subnet.s.id
          route_table_id = aws_route_table.t.id
        }
        resource "aws_security_group" "g" {
          vpc_id = aws_vpc.a.id
          name   = "app"
        }
        data "aws_subnet" "s" {
          vpc_id = aws_vpc.a.id
          tags   = { Name = "private" }
        }
        data "aws_security_group" "g" {
          vpc_id = aws_vpc.a.id
          name   = "app"
        }
        data "aws_security_group" "elsewhere" {
          vpc_id = "vpc-0123456789abcdef0"
          name   = "app"
        }
        data "aws_route_table" "t" { subnet_id = aws_subnet.s.id }
        resource "aws_route" "r" {
          route_table_id            = data.aws_route_table.t.id
          destination_cidr_block    = "10.1.0.0/16"
          vpc_peering_connection_id = "pcx-1"
        }
        """,
    )
    network = link([fragment])
    (route,) = network.all(Route)
    assert route.table == one(fragment, RouteTable, "aws_route_table.t").id
    assert [s.origin.address for s in of(fragment, Subnet)] == ["aws_subnet.s"]
    groups = [g.origin.address for g in of(fragment, SecurityGroup) if not g.is_default]
    assert groups == ["aws_security_group.g", "data.aws_security_group.elsewhere"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.aws_region.here.name", "eu-west-1"),
        ("data.aws_region.here.region", "eu-west-1"),
        ("data.aws_region.named.name", "ap-south-1"),
        ("data.aws_region.moved.region", "us-east-1"),
        ("aws_vpc.a.region", "eu-west-1"),
        ("data.aws_arn.vpc.region", "eu-west-1"),
        ("data.aws_arn.vpc.account", "111122223333"),
        ("data.aws_arn.written.region", "eu-central-1"),
        ("data.aws_caller_identity.me.account_id", "111122223333"),
    ],
)
def test_places_that_data_sources_tell_without_a_call(tmp_path: Path, expression: str, expected: str) -> None:
    fragment = estate(
        tmp_path,
        f"""
        provider "aws" {{
          region              = "eu-west-1"
          allowed_account_ids = ["111122223333"]
        }}
        data "aws_region" "here" {{}}
        data "aws_region" "named" {{ name = "ap-south-1" }}
        data "aws_region" "moved" {{ region = "us-east-1" }}
        data "aws_caller_identity" "me" {{}}
        data "aws_arn" "vpc" {{ arn = aws_vpc.a.arn }}
        data "aws_arn" "written" {{ arn = "arn:aws:ec2:eu-central-1:444455556666:vpc/vpc-1" }}
        resource "aws_vpc" "a" {{ cidr_block = "10.0.0.0/16" }}
        resource "aws_vpc_peering_connection" "p" {{
          vpc_id      = aws_vpc.a.id
          peer_vpc_id = "vpc-2"
          peer_region = {expression}
        }}
        """,
    )
    assert one(fragment, Peering).peer_region == Known(expected)


def test_the_order_of_filters_and_of_their_values_is_of_no_account(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        data "aws_vpc" "a" {
          filter {
            name   = "tag:Name"
            values = ["x", "y"]
          }
          filter {
            name   = "state"
            values = ["available"]
          }
        }
        data "aws_vpc" "b" {
          filter {
            name   = "state"
            values = ["available"]
          }
          filter {
            name   = "tag:Name"
            values = ["y", "x"]
          }
        }
        """,
    )
    first, second = of(fragment, Vpc)
    assert first.id == second.id


def test_what_look_ups_of_gateways_and_of_several_things_say_of_their_vpc(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        data "aws_internet_gateway" "i" {
          filter {
            name   = "attachment.vpc-id"
            values = ["vpc-2"]
          }
        }
        data "aws_nat_gateway" "n" { vpc_id = "vpc-2" }
        data "aws_vpn_gateway" "v" { attached_vpc_id = "vpc-2" }
        data "aws_security_groups" "g" {
          filter {
            name   = "vpc-id"
            values = ["vpc-2"]
          }
        }
        data "aws_subnets" "s" {
          filter {
            name   = "vpc-id"
            values = ["vpc-2"]
          }
        }
        data "aws_route_table" "t" {
          for_each  = toset(data.aws_subnets.s.ids)
          subnet_id = each.value
        }
        """,
    )
    assert [gateway.kind for gateway in of(fragment, Gateway)] == [
        GatewayKind.INTERNET,
        GatewayKind.NAT,
        GatewayKind.VPN,
    ]
    vpcs = [x.vpc for x in of(fragment, Gateway)] + [one(fragment, SecurityGroup).vpc, one(fragment, RouteTable).vpc]
    assert vpcs == [Known("vpc-2")] * 5
