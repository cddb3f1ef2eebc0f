"""Networks of other services: what their resources state of Region, account and routes, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.link import link
from peerlint.network.model import Gateway, GatewayKind, Peering, Route, Side, TargetKind, Vpc
from peerlint.network.values import Known, Unknown
from tests.network.build import known_cidr
from tests.terraform.estate import estate, of, one


def test_regions_and_accounts_are_as_stated(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "mongodbatlas_network_container" "c" {
          atlas_cidr_block = "10.8.0.0/21"
          region_name      = "US_GOV_WEST_1"
        }
        resource "mongodbatlas_network_peering" "p" {
          container_id         = mongodbatlas_network_container.c.container_id
          provider_name        = "AWS"
          accepter_region_name = "us-gov-east-1"
          vpc_id               = "vpc-0a1b2c3d4e5f60718"
          aws_account_id       = "111122223333"
        }
        """,
    )
    vpc, peering = one(fragment, Vpc), one(fragment, Peering)
    assert vpc.place.region == Known("us-gov-west-1")
    assert (peering.vpc, peering.peer_vpc) == (vpc.id, Known("vpc-0a1b2c3d4e5f60718"))
    assert (peering.peer_owner, peering.peer_region) == (Known("111122223333"), Known("us-gov-east-1"))


def test_networks_of_two_projects_of_hcp_may_have_one_id(tmp_path: Path) -> None:
    root = """
        resource "hcp_hvn" "h" {
          hvn_id         = "main"
          cloud_provider = "aws"
          region         = "eu-west-1"
          cidr_block     = "CIDR"
        }
        resource "hcp_aws_network_peering" "p" {
          hvn_id          = "main"
          peer_vpc_id     = "vpc-0a1b2c3d4e5f60718"
          peer_account_id = "111122223333"
          peer_vpc_region = "eu-west-1"
        }
    """
    blocks = ("10.8.0.0/20", "10.9.0.0/20")
    fragments = [estate(tmp_path / name, root.replace("CIDR", block)) for name, block in zip("ab", blocks, strict=True)]
    network = link(fragments)
    ends = [network.peerings.end(peering, Side.REQUESTER).vpc for peering in network.peerings.declared]
    assert [[block.cidr for block in network.vpcs.blocks(vpc)] for vpc in ends] == [[known_cidr(b)] for b in blocks]


@pytest.mark.parametrize("name", ["container_id", "id"])
def test_each_name_of_a_container_is_that_of_its_network(tmp_path: Path, name: str) -> None:
    fragment = estate(
        tmp_path,
        f"""
        resource "mongodbatlas_network_container" "c" {{ atlas_cidr_block = "10.8.0.0/21" }}
        resource "mongodbatlas_network_peering" "p" {{
          container_id   = mongodbatlas_network_container.c.{name}
          provider_name  = "AWS"
          vpc_id         = "vpc-0a1b2c3d4e5f60718"
          aws_account_id = "111122223333"
        }}
        data "aws_vpc_peering_connection" "p" {{
          vpc_id      = mongodbatlas_network_container.c.vpc_id
          peer_vpc_id = "vpc-0a1b2c3d4e5f60718"
        }}
        """,
    )
    declared = one(fragment, Peering, "mongodbatlas_network_peering.p")
    assert declared.vpc == one(fragment, Vpc).id
    assert list(fragment.provides.values()) == [declared.id]


def test_a_route_of_an_hvn_leads_where_its_link_does(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "link" {}
        resource "hcp_hvn" "h" {
          hvn_id         = "main"
          cloud_provider = "aws"
          region         = "eu-west-1"
        }
        resource "hcp_aws_network_peering" "p" {
          hvn_id      = hcp_hvn.h.hvn_id
          peer_vpc_id = "vpc-0a1b2c3d4e5f60718"
        }
        resource "hcp_aws_transit_gateway_attachment" "t" {
          hvn_id             = hcp_hvn.h.hvn_id
          transit_gateway_id = "tgw-0a1b2c3d4e5f60718"
        }
        resource "hcp_hvn_route" "r" {
          for_each = {
            peering = hcp_aws_network_peering.p.self_link
            transit = hcp_aws_transit_gateway_attachment.t.self_link
            untold  = var.link
          }
          hvn_link         = hcp_hvn.h.self_link
          destination_cidr = "10.0.0.0/16"
          target_link      = each.value
        }
        """,
    )
    kinds = [route.target.kind for route in of(fragment, Route)]
    assert kinds == [TargetKind.PEERING, TargetKind.TRANSIT, TargetKind.UNKNOWN]
    assert of(fragment, Route)[0].target.id == one(fragment, Peering).id
    attachment = one(fragment, Gateway)
    assert (attachment.kind, attachment.vpc) == (GatewayKind.TRANSIT_ATTACHMENT, one(fragment, Vpc).id)


@pytest.mark.parametrize(
    "resource",
    [
        'resource "hcp_hvn" "h" { cloud_provider = "azure" }',
        'resource "mongodbatlas_network_container" "c" { provider_name = "GCP" }',
        'resource "mongodbatlas_network_peering" "p" { provider_name = "AZURE" }',
        'resource "rediscloud_subscription_peering" "p" { provider_name = "GCP" }',
        'resource "confluent_network" "n" { cloud = "AZURE" }',
        'resource "confluent_peering" "p" {\n  gcp {}\n}',
    ],
)
def test_other_clouds_are_left_alone(tmp_path: Path, resource: str) -> None:
    assert estate(tmp_path, resource).entities == ()


ENDS = {
    "by arguments": 'vpc_id = aws_vpc.a.id\n  peer_vpc_id = "vpc-2"',
    "by filters": (
        'filter {\n    name = "requester-vpc-info.vpc-id"\n    values = [aws_vpc.a.id]\n  }\n'
        '  filter {\n    name = "accepter-vpc-info.vpc-id"\n    values = ["vpc-2"]\n  }'
    ),
    "swapped": 'vpc_id = "vpc-2"\n  peer_vpc_id = aws_vpc.a.id',
    "by one end": "vpc_id = aws_vpc.a.id",
}


@pytest.mark.parametrize(("ends", "joined"), list(zip(ENDS, (True, True, False, True), strict=True)))
def test_a_look_up_by_its_vpcs_finds_the_only_connection(tmp_path: Path, ends: str, joined: bool) -> None:
    fragment = estate(
        tmp_path,
        f"""
resource "aws_vpc" "a" {{
  cidr_block = "10.0.0.0/16"
}}
resource "aws_vpc_peering_connection" "p" {{
  vpc_id      = aws_vpc.a.id
  peer_vpc_id = "vpc-2"
}}
data "aws_vpc_peering_connection" "p" {{
  {ENDS[ends]}
}}
resource "aws_route" "r" {{
  route_table_id            = "rtb-1"
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = data.aws_vpc_peering_connection.p.id
}}
""",
    )
    network = link([fragment])
    (route,), (declared,) = network.all(Route), network.peerings.declared
    assert (network.peerings.by_id(route.target.id) is declared) is joined


def test_a_confluent_network_is_known_by_its_vpc(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        data "confluent_network" "n" { id = "n-abc123" }
        resource "confluent_peering" "p" {
          aws {
            vpc    = "vpc-2"
            routes = ["10.0.0.0/16"]
          }
          network { id = data.confluent_network.n.id }
        }
        data "aws_vpc_peering_connection" "p" {
          vpc_id      = data.confluent_network.n.aws[0].vpc
          peer_vpc_id = confluent_peering.p.aws[0].vpc
        }
        """,
    )
    declared = one(fragment, Peering)
    assert (declared.vpc, declared.peer_vpc) == (Known("n-abc123"), Known("vpc-2"))
    assert list(fragment.provides.values()) == [declared.id]
    assert isinstance(one(fragment, Vpc, "data.confluent_network.n").blocks[0].cidr, Unknown)
