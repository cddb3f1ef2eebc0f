"""Arguments of the aws provider's resources, in the forms that its versions 3 to 6 take."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.link import link
from peerlint.network.model import (
    AclEntry,
    BlockAssociation,
    BlockKind,
    CidrDestination,
    CidrPeer,
    Direction,
    Gateway,
    GatewayAssociation,
    GatewayKind,
    GroupPeer,
    MainAssociation,
    NetworkAcl,
    Permission,
    PrefixListEntry,
    PrefixListPeer,
    Route,
    RouteTable,
    SelfPeer,
    SubnetAssociation,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Known, Unknown
from tests.terraform.estate import estate, of, one
from tests.values import known

VPC = 'resource "aws_vpc" "a" {\n  cidr_block = "10.0.0.0/16"\n}\n'


@pytest.mark.parametrize(
    ("arguments", "kinds"),
    [
        ('cidr_block = "10.0.0.0/16"\n  enable_classiclink = false', [(4, BlockKind.PRIMARY)]),
        ('ipv4_ipam_pool_id = "ipam-pool-1"\n  ipv4_netmask_length = 20', [(4, BlockKind.IPAM)]),
        (
            'cidr_block = "10.0.0.0/16"\n  assign_generated_ipv6_cidr_block = "true"',
            [(4, BlockKind.PRIMARY), (6, BlockKind.AMAZON)],
        ),
        ('cidr_block = "10.0.0.0/16"\n  assign_generated_ipv6_cidr_block = false', [(4, BlockKind.PRIMARY)]),
        (
            'cidr_block = "10.0.0.0/16"\n  ipv6_ipam_pool_id = "ipam-pool-2"\n  ipv6_netmask_length = 56',
            [(4, BlockKind.PRIMARY), (6, BlockKind.IPAM)],
        ),
        (
            'cidr_block = "10.0.0.0/16"\n  ipv6_cidr_block = "2001:db8::/56"\n  ipv6_ipam_pool_id = "ipam-pool-2"',
            [(4, BlockKind.PRIMARY), (6, BlockKind.PRIMARY)],
        ),
    ],
)
def test_blocks_of_a_vpc(tmp_path: Path, arguments: str, kinds: list[tuple[int, BlockKind]]) -> None:
    vpc = one(estate(tmp_path, f'resource "aws_vpc" "a" {{\n  {arguments}\n}}\n'), Vpc)
    assert [(block.version, block.kind) for block in vpc.blocks] == kinds


def test_further_blocks_and_the_default_vpc(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        VPC
        + """
        resource "aws_vpc_ipv4_cidr_block_association" "four" {
          vpc_id     = aws_vpc.a.id
          cidr_block = "10.1.0.0/16"
        }
        resource "aws_vpc_ipv6_cidr_block_association" "amazon" {
          vpc_id                           = aws_vpc.a.id
          assign_generated_ipv6_cidr_block = true
        }
        resource "aws_vpc_ipv6_cidr_block_association" "own" {
          vpc_id                           = aws_vpc.a.id
          assign_generated_ipv6_cidr_block = false
          ipv6_pool                        = "ipv6pool-ec2-1"
        }
        resource "aws_default_vpc" "d" { assign_generated_ipv6_cidr_block = true }
        """,
    )
    kinds = [association.block.kind for association in of(fragment, BlockAssociation)]
    assert kinds == [BlockKind.SECONDARY, BlockKind.AMAZON, BlockKind.IPAM]
    default = one(fragment, Vpc, "aws_default_vpc.d")
    assert [block.version for block in default.blocks] == [4, 6]
    assert {acl.vpc for acl in of(fragment, NetworkAcl)} == {one(fragment, Vpc, "aws_vpc.a").id, default.id}


def test_routes_as_attributes_and_of_every_kind_of_target(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        VPC
        + """
        resource "aws_route_table" "t" {
          vpc_id = aws_vpc.a.id
          route = [
            {
              cidr_block                 = "10.1.0.0/16"
              ipv6_cidr_block            = ""
              destination_prefix_list_id = null
              gateway_id                 = ""
              instance_id                = ""
              vpc_peering_connection_id  = "pcx-1"
            },
            {
              cidr_block                 = null
              ipv6_cidr_block            = "::/0"
              destination_prefix_list_id = ""
              gateway_id                 = null
              egress_only_gateway_id     = "eigw-1"
              vpc_peering_connection_id  = null
            },
          ]
        }
        resource "aws_default_route_table" "d" {
          default_route_table_id = aws_vpc.a.default_route_table_id
          route {
            cidr_block = "0.0.0.0/0"
            gateway_id = "igw-1"
          }
        }
        resource "aws_route" "nat_instance" {
          route_table_id         = aws_route_table.t.id
          destination_cidr_block = "0.0.0.0/0"
          instance_id            = "i-1"
        }
        """,
    )
    table = one(fragment, RouteTable, "aws_route_table.t")
    default = one(fragment, RouteTable, "aws_default_route_table.d")
    routes = of(fragment, Route)
    assert [(route.target.kind, route.table == table.id, route.inline) for route in routes] == [
        (TargetKind.INTERNET, False, True),
        (TargetKind.INSTANCE, True, False),
        (TargetKind.PEERING, True, True),
        (TargetKind.EGRESS_ONLY, True, True),
    ]
    assert [d.version for r in routes if isinstance(d := r.destination, CidrDestination)] == [4, 4, 4, 6]
    assert (routes[0].table, default.vpc) == (default.id, one(fragment, Vpc).id)


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ("", None),
        ("route = []", True),
        ("route = null", None),
        ("route = var.unset", False),
        ('route {\n    cidr_block = "0.0.0.0/0"\n    gateway_id = "igw-1"\n  }', True),
        ('dynamic "route" {\n    for_each = []\n    content {}\n  }', None),
        (
            'dynamic "route" {\n    for_each = ["::/0"]\n    content {\n      ipv6_cidr_block = "::/0"\n    }\n  }',
            True,
        ),
        ('dynamic "route" {\n    for_each = var.unset\n    content {}\n  }', False),
        ("route = []\n  lifecycle {\n    ignore_changes = [route]\n  }", None),
        ("route = []\n  lifecycle {\n    ignore_changes = all\n  }", None),
        ("route = []\n  lifecycle {\n    ignore_changes = [tags]\n  }", True),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        'resource "aws_route_table" "t" {\n  vpc_id = aws_vpc.a.id',
        'resource "aws_default_route_table" "t" {\n  default_route_table_id = aws_vpc.a.default_route_table_id',
    ],
)
def test_a_table_lists_its_routes_where_its_block_has_any_or_an_empty_list(
    tmp_path: Path, head: str, body: str, listed: bool | None
) -> None:
    """Whether it certainly lists them, or (``False``) may."""
    text = f'{VPC}variable "unset" {{}}\n{head}\n  {body}\n}}\n'
    table = next(t for t in of(estate(tmp_path, text), RouteTable) if t.origin.address.endswith(".t"))
    assert (None if table.listed is None else table.listed.doubt is None) is listed


def test_associations_of_subnets_gateways_pools_and_the_vpc_itself(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_route_table_association" "subnet" {
          subnet_id      = "subnet-1"
          route_table_id = "rtb-1"
        }
        resource "aws_route_table_association" "gateway" {
          gateway_id     = "igw-1"
          route_table_id = "rtb-2"
        }
        resource "aws_route_table_association" "pool" {
          public_ipv4_pool = "ipv4pool-ec2-1"
          route_table_id   = "rtb-3"
        }
        resource "aws_main_route_table_association" "m" {
          vpc_id         = "vpc-1"
          route_table_id = "rtb-4"
        }
        """,
    )
    assert one(fragment, SubnetAssociation).table == Known("rtb-1")
    assert one(fragment, GatewayAssociation).table == Known("rtb-2")
    assert one(fragment, MainAssociation).table == Known("rtb-4")


def test_a_rule_has_all_the_peers_that_are_written(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_security_group_rule" "r" {
          type              = "egress"
          security_group_id = "sg-1"
          from_port         = 0
          to_port           = 0
          protocol          = "all"
          cidr_blocks       = ["10.0.0.0/16", "10.1.0.0/16"]
          ipv6_cidr_blocks  = ["2001:db8::/56"]
          prefix_list_ids   = ["pl-1"]
          self              = true
        }
        resource "aws_vpc_security_group_egress_rule" "e" {
          security_group_id            = "sg-1"
          ip_protocol                  = "tcp"
          from_port                    = 443
          to_port                      = 443
          referenced_security_group_id = "111122223333/sg-2"
        }
        resource "aws_security_group_rule" "hopopt" {
          type                     = "ingress"
          security_group_id        = "sg-1"
          from_port                = 0
          to_port                  = 0
          protocol                 = "0"
          source_security_group_id = "sg-2"
        }
        """,
    )
    hopopt, every, single = of(fragment, Permission)
    assert [type(peer) for peer in every.peers] == [CidrPeer, CidrPeer, CidrPeer, PrefixListPeer, SelfPeer]
    assert (every.direction, every.protocol, every.from_port) == (Direction.EGRESS, Known("-1"), None)
    assert isinstance(single.peers[0], GroupPeer)
    assert (single.peers[0].group, single.peers[0].account) == (Known("sg-2"), Known("111122223333"))
    assert hopopt.protocol == Known("0")


def test_entries_of_acls_and_prefix_lists(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        """
        resource "aws_network_acl" "n" {
          vpc_id = "vpc-1"
          ingress = [{
            rule_no = 100, action = "ALLOW", protocol = "-1", from_port = 0, to_port = 0
            cidr_block = "", ipv6_cidr_block = "2001:db8::/56", icmp_type = null, icmp_code = null
          }]
        }
        resource "aws_network_acl_rule" "r" {
          network_acl_id  = aws_network_acl.n.id
          rule_number     = "200"
          egress          = true
          protocol        = "udp"
          rule_action     = "deny"
          ipv6_cidr_block = "::/0"
          from_port       = 53
          to_port         = 53
        }
        resource "aws_ec2_managed_prefix_list" "p" {
          max_entries = 2
          entry { cidr = "10.0.0.0/16" }
        }
        resource "aws_ec2_managed_prefix_list_entry" "e" {
          prefix_list_id = aws_ec2_managed_prefix_list.p.id
          cidr           = "10.1.0.0/16"
        }
        """,
    )
    inline, alone = of(fragment, AclEntry)
    assert (known(inline.number), inline.allow, inline.direction) == (100, Known(True), Direction.INGRESS)
    assert (known(alone.number), alone.allow, alone.direction) == (200, Known(False), Direction.EGRESS)
    assert [str(known(entry.cidr)) for entry in (inline, alone)] == ["2001:db8::/56", "::/0"]
    lists = {entry.list for entry in of(fragment, PrefixListEntry)}
    assert len(lists) == 1
    assert [str(known(entry.cidr)) for entry in of(fragment, PrefixListEntry)] == ["10.0.0.0/16", "10.1.0.0/16"]


def test_gateways_that_lead_elsewhere_are_of_the_vpc_that_they_end_in(tmp_path: Path) -> None:
    fragment = estate(
        tmp_path,
        VPC
        + """
        resource "aws_vpn_gateway" "v" {}
        resource "aws_vpn_gateway_attachment" "v" {
          vpc_id         = aws_vpc.a.id
          vpn_gateway_id = aws_vpn_gateway.v.id
        }
        resource "aws_dx_gateway_association" "d" {
          dx_gateway_id         = "dx-1"
          associated_gateway_id = aws_vpn_gateway.v.id
        }
        resource "aws_nat_gateway" "regional" {
          vpc_id            = aws_vpc.a.id
          availability_mode = "regional"
        }
        resource "aws_ec2_transit_gateway_vpc_attachment_accepter" "t" {
          transit_gateway_attachment_id      = "tgw-attach-1"
          security_group_referencing_support = "enable"
        }
        """,
    )
    network = link([fragment])
    assert {gateway.kind for gateway in network.gateways.of(one(fragment, Vpc))} == {
        GatewayKind.VPN,
        GatewayKind.DIRECT_CONNECT,
        GatewayKind.NAT,
    }
    attachment = one(fragment, Gateway, "aws_ec2_transit_gateway_vpc_attachment_accepter.t")
    assert attachment.group_references == Known(True)
    assert isinstance(attachment.vpc, Unknown)


@pytest.mark.parametrize(
    ("written", "account", "group"),
    [
        ('"111122223333/sg-0a1b2c3d"', "111122223333", "sg-0a1b2c3d"),
        ('"111122223333/${aws_security_group.a.id}"', "111122223333", "aws_security_group.a.id"),
        ('"${var.account}/${aws_security_group.a.id}"', "var.account", "aws_security_group.a.id"),
        ('"${var.account}/sg-0a1b2c3d"', "var.account", "sg-0a1b2c3d"),
        ('"${local.account}/${aws_security_group.a.id}"', "222233334444", "aws_security_group.a.id"),
        ("aws_security_group.a.id", None, "aws_security_group.a.id"),
    ],
)
def test_a_group_of_another_account_is_told_apart_from_its_account(
    written: str, account: str | None, group: str, tmp_path: Path
) -> None:
    text = f"""
        variable "account" {{}}
        locals {{ account = "222233334444" }}
        resource "aws_security_group" "a" {{}}
        resource "aws_security_group_rule" "r" {{
          type                     = "ingress"
          security_group_id        = "sg-1"
          source_security_group_id = {written}
        }}
    """
    (peer,) = one(estate(tmp_path, text), Permission).peers
    assert isinstance(peer, GroupPeer)
    shown = [None if v is None else v.value if isinstance(v, Known) else str(v.of) for v in (peer.account, peer.group)]
    assert shown == [account, group]
