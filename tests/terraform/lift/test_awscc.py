"""Resources of the awscc provider, alone and beside those of the aws provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import (
    BlockAssociation,
    BlockKind,
    CidrDestination,
    CidrPeer,
    Direction,
    Gateway,
    GatewayKind,
    GroupPeer,
    HostedZone,
    NetworkAcl,
    Peering,
    Permission,
    PrefixListDestination,
    PrefixListEntry,
    Route,
    RouteTable,
    SecurityGroup,
    SelfPeer,
    SubnetAssociation,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Known, Maybe, Unknown, same
from tests.terraform.estate import estate, of, one
from tests.values import known

PAIR = """
resource "awscc_ec2_vpc" "a" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = [{ key = "Team", value = "net" }, { key = "Name", value = "hub" }]
}
resource "awscc_ec2_vpc" "b" {
  ipv_4_ipam_pool_id   = "ipam-pool-0123456789abcdef0"
  ipv_4_netmask_length = 20
}
resource "awscc_ec2_vpc_peering_connection" "ab" {
  vpc_id        = awscc_ec2_vpc.a.vpc_id
  peer_vpc_id   = awscc_ec2_vpc.b.id
  peer_role_arn = "arn:aws:iam::222222222222:role/accept"
}
"""


def test_a_pair(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        PAIR
        + """
        resource "awscc_ec2_vpc_cidr_block" "six" {
          vpc_id                           = awscc_ec2_vpc.a.vpc_id
          amazon_provided_ipv_6_cidr_block = true
        }
        resource "awscc_ec2_vpc_cidr_block" "more" {
          vpc_id     = awscc_ec2_vpc.a.id
          cidr_block = "10.8.0.0/16"
        }
        """,
    )
    a, b, peering = one(fragment, Vpc, "awscc_ec2_vpc.a"), one(fragment, Vpc, "awscc_ec2_vpc.b"), one(fragment, Peering)
    assert (str(known(a.blocks[0].cidr)), a.blocks[0].kind) == ("10.0.0.0/16", BlockKind.PRIMARY)
    assert b.blocks[0].kind is BlockKind.IPAM
    assert (a.dns_support, a.dns_hostnames, a.name) == (Known(True), Known(True), Known("hub"))
    assert b.dns_hostnames == Known(False)
    assert (peering.vpc, peering.peer_vpc) == (a.id, b.id)
    assert (peering.service_accepts, peering.auto_accept) == (True, None)
    assert peering.peer_role == Known("arn:aws:iam::222222222222:role/accept")
    added = of(fragment, BlockAssociation)
    assert [(x.vpc == a.id, x.block.version, x.block.kind) for x in added] == [
        (True, 4, BlockKind.SECONDARY),
        (True, 6, BlockKind.AMAZON),
    ]


def test_resources_of_both_providers_join(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        PAIR
        + """
        resource "awscc_ec2_route_table" "t" { vpc_id = awscc_ec2_vpc.a.id }
        resource "aws_route" "over" {
          route_table_id            = awscc_ec2_route_table.t.route_table_id
          destination_cidr_block    = "10.1.0.0/16"
          vpc_peering_connection_id = awscc_ec2_vpc_peering_connection.ab.vpc_peering_connection_id
        }
        resource "awscc_ec2_route" "out" {
          route_table_id              = awscc_ec2_route_table.t.id
          destination_ipv_6_cidr_block = "::/0"
          gateway_id                  = awscc_ec2_internet_gateway.i.internet_gateway_id
        }
        resource "awscc_ec2_route" "listed" {
          route_table_id             = data.aws_route_table.main.id
          destination_prefix_list_id = awscc_ec2_prefix_list.p.prefix_list_id
          vpc_peering_connection_id  = awscc_ec2_vpc_peering_connection.ab.id
        }
        data "aws_route_table" "main" { vpc_id = awscc_ec2_vpc.b.vpc_id }
        resource "aws_subnet" "s" {
          vpc_id     = awscc_ec2_vpc.a.vpc_id
          cidr_block = "10.0.1.0/24"
        }
        resource "awscc_ec2_subnet_route_table_association" "s" {
          subnet_id      = aws_subnet.s.id
          route_table_id = awscc_ec2_route_table.t.id
        }
        resource "awscc_ec2_internet_gateway" "i" {}
        resource "awscc_ec2_vpc_gateway_attachment" "i" {
          internet_gateway_id = awscc_ec2_internet_gateway.i.id
          vpc_id              = awscc_ec2_vpc.a.id
        }
        resource "awscc_ec2_prefix_list" "p" {
          address_family   = "IPv4"
          prefix_list_name = "b"
          max_entries      = 1
          entries          = [{ cidr = "10.1.0.0/16" }]
        }
        """,
    )
    table, peering = one(fragment, RouteTable, "awscc_ec2_route_table.t"), one(fragment, Peering)
    over, out = one(fragment, Route, "aws_route.over"), one(fragment, Route, "awscc_ec2_route.out")
    listed = one(fragment, Route, "awscc_ec2_route.listed")
    assert over.table == out.table == table.id == one(fragment, SubnetAssociation).table
    assert over.target.id == listed.target.id == peering.id
    assert isinstance(out.destination, CidrDestination)
    assert (out.target.kind, out.destination.version) == (TargetKind.INTERNET, 6)
    assert listed.table == one(fragment, RouteTable, "awscc_ec2_vpc.b").id
    assert listed.destination == PrefixListDestination(one(fragment, PrefixListEntry).list)
    attached = [g for g in of(fragment, Gateway) if g.vpc is not None]
    assert [(g.kind, g.vpc == one(fragment, Vpc, "awscc_ec2_vpc.a").id) for g in attached] == [
        (GatewayKind.INTERNET, True)
    ]


def test_groups_let_everything_out_unless_they_list_what_they_do(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        variable "egress" {}
        resource "awscc_ec2_security_group" "silent" {
          group_description = "says nothing"
          vpc_id            = "vpc-0123456789abcdef0"
          security_group_ingress = [
            { ip_protocol = "tcp", from_port = 22, to_port = 22, cidr_ip = "10.1.0.0/16" },
            {
              ip_protocol                    = "-1"
              source_security_group_id       = "sg-0123456789abcdef0"
              source_security_group_owner_id = "222222222222"
            },
          ]
        }
        resource "awscc_ec2_security_group" "strict" {
          group_description     = "says all"
          vpc_id                = "vpc-0123456789abcdef0"
          security_group_egress = [{ ip_protocol = "tcp", from_port = 443, to_port = 443, cidr_ip = "10.2.0.0/16" }]
        }
        resource "awscc_ec2_security_group" "open" {
          group_description     = "may say"
          vpc_id                = "vpc-0123456789abcdef0"
          security_group_egress = var.egress
        }
        resource "awscc_ec2_security_group_ingress" "self" {
          group_id                 = awscc_ec2_security_group.silent.group_id
          source_security_group_id = awscc_ec2_security_group.silent.id
          ip_protocol              = "tcp"
          from_port                = 80
          to_port                  = 80
        }
        """,
    )
    open_, silent, _ = of(fragment, SecurityGroup)
    rules = [p for p in of(fragment, Permission) if p.group == silent.id]
    first, second, out, own = rules
    assert (first.from_port, known(first.protocol)) == (Known(22), "tcp")
    assert isinstance(second.peers[0], GroupPeer)
    assert second.peers[0].account == Known("222222222222")
    assert [str(known(peer.cidr)) for peer in out.peers if isinstance(peer, CidrPeer)] == ["0.0.0.0/0", "::/0"]
    assert isinstance(own.peers[0], SelfPeer)
    strict = [p for p in of(fragment, Permission) if p.origin.address == "awscc_ec2_security_group.strict"]
    assert [(p.direction, p.from_port) for p in strict] == [(Direction.EGRESS, Known(443))]
    uncertain = [p for p in of(fragment, Permission) if p.group == open_.id]
    assert len(uncertain) == 2
    assert all(p.origin.presence.doubt is not None for p in uncertain)


def test_private_zones_and_acls(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "awscc_route53_hosted_zone" "public" { name = "example.com" }
        resource "awscc_route53_hosted_zone" "private" {
          name  = "corp.internal"
          vp_cs = [{ vpc_id = "vpc-0123456789abcdef0", vpc_region = "eu-west-1" }]
        }
        resource "awscc_ec2_network_acl" "n" { vpc_id = "vpc-0123456789abcdef0" }
        """,
    )
    assert one(fragment, HostedZone).vpcs == (Known("vpc-0123456789abcdef0"),)
    assert one(fragment, NetworkAcl).vpc == Known("vpc-0123456789abcdef0")


def test_the_provider_has_a_configuration_of_its_own(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        provider "aws" { region = "eu-west-1" }
        provider "awscc" {
          region      = "us-east-1"
          assume_role = { role_arn = "arn:aws:iam::222222222222:role/net" }
        }
        provider "awscc" { alias = "environment" }
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "awscc_ec2_vpc" "b" { cidr_block = "10.1.0.0/16" }
        resource "awscc_ec2_vpc" "c" {
          provider   = awscc.environment
          cidr_block = "10.2.0.0/16"
        }
        """,
    )
    a, b, c = (one(fragment, Vpc, x).place for x in ("aws_vpc.a", "awscc_ec2_vpc.b", "awscc_ec2_vpc.c"))
    assert (a.region, b.region, b.account) == (Known("eu-west-1"), Known("us-east-1"), Known("222222222222"))
    assert isinstance(same(a.region, c.region), Maybe)
    assert same(a.account, c.account) is True


@pytest.mark.parametrize("blocks", ["", 'provider "aws" {}', 'provider "awscc" {}'])
def test_what_no_block_configures_is_the_environments(tmp_path: Path, blocks: str) -> None:
    fragment = estate(
        tmp_path,
        blocks
        + """
        resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
        resource "awscc_ec2_vpc" "b" { cidr_block = "10.1.0.0/16" }
        """,
    )
    a, b = (vpc.place for vpc in of(fragment, Vpc))
    assert (same(a.region, b.region), same(a.account, b.account)) == (True, True)
    assert isinstance(a.region, Unknown)
