"""VPCs, blocks and subnets."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import BlockAssociation, BlockKind, Language, Subnet, Vpc
from peerlint.network.values import Unknown
from tests.cloudformation.written import all_of, fragment, only, problems
from tests.values import identity, known

TEMPLATE = """\
Resources:
  A:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      EnableDnsHostnames: 'true'
      Tags:
        - {Key: Team, Value: net}
        - {Key: Name, Value: main}
  More:
    Type: AWS::EC2::VPCCidrBlock
    Properties: {VpcId: !Ref A, CidrBlock: 10.1.0.0/20}
  Six:
    Type: AWS::EC2::VPCCidrBlock
    Properties: {VpcId: !Ref A, AmazonProvidedIpv6CidrBlock: 'true'}
  Pool:
    Type: AWS::EC2::VPCCidrBlock
    Properties: {VpcId: !Ref A, Ipv4IpamPoolId: ipam-pool-0a, Ipv4NetmaskLength: 24}
  S:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref A, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}
  SSix:
    Type: AWS::EC2::SubnetCidrBlock
    Properties: {SubnetId: !Ref S, Ipv6CidrBlock: '2001:db8::/64'}
"""


def test_a_vpc(tmp_path: Path) -> None:
    vpc = only(fragment(tmp_path, TEMPLATE), Vpc)
    (block,) = vpc.blocks
    assert (str(known(block.cidr)), block.version, block.kind) == ("10.0.0.0/16", 4, BlockKind.PRIMARY)
    assert (block.at.line, block.at.column, block.at.end_column) == (5, 7, 29)
    assert (known(vpc.dns_support), known(vpc.dns_hostnames), known(vpc.name)) == (True, True, "main")


def test_the_origin_is_the_logical_id_with_a_place_for_each_property(tmp_path: Path) -> None:
    origin = only(fragment(tmp_path, TEMPLATE), Vpc).origin
    assert (origin.stack, origin.address) == (str(tmp_path / "net.yaml"), "A")
    assert origin.language is Language.CLOUDFORMATION
    assert (origin.span.line, origin.span.column, origin.span.end_column) == (2, 3, 4)
    assert (origin.at("EnableDnsHostnames").line, origin.at("EnableDnsSupport").line) == (6, 2)
    assert (origin.at("Tags[1].Value").line, origin.at("Tags[1].Value").column) == (9, 23)


def test_host_names_are_off_and_support_is_on_by_default(tmp_path: Path) -> None:
    vpc = only(fragment(tmp_path, "Resources:\n  A: {Type: 'AWS::EC2::VPC'}\n"), Vpc)
    assert (known(vpc.dns_support), known(vpc.dns_hostnames), vpc.name, vpc.blocks) == (True, False, None, ())


def test_secondary_blocks(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    associations = all_of(found, BlockAssociation)
    assert [a.block.kind for a in associations] == [BlockKind.SECONDARY, BlockKind.AMAZON, BlockKind.IPAM]
    assert [a.block.version for a in associations] == [4, 6, 4]
    assert {identity(a.vpc) for a in associations} == {identity(only(found, Vpc).id)}
    more, _, pool = associations
    assert str(known(more.block.cidr)) == "10.1.0.0/20"
    assert known(pool.block.pool) == "ipam-pool-0a"


def test_a_subnet_has_the_blocks_of_its_associations(tmp_path: Path) -> None:
    subnet = only(fragment(tmp_path, TEMPLATE), Subnet)
    assert [str(known(block.cidr)) for block in subnet.blocks] == ["10.0.1.0/24", "2001:db8::/64"]
    assert known(subnet.zone) == "eu-west-1a"


@pytest.mark.parametrize(
    "cidr", ["10.0.0.0", "10.0.0.300/16", "10.0.0.0/8", "10.0.0.0/29", "'2001:db8::/56'", "[]", "no"]
)
def test_a_block_that_aws_refuses(tmp_path: Path, cidr: str) -> None:
    found = fragment(tmp_path, f"Resources:\n  A:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: {cidr}\n")
    assert problems(found) == [("PL902", 5, 7, "A")]
    (block,) = only(found, Vpc).blocks
    assert isinstance(block.cidr, Unknown)


@pytest.mark.parametrize("cidr", ["10.0.0.5/16", "10.0.0.0/28", "10.0.0.0/16"])
def test_a_block_that_aws_takes(tmp_path: Path, cidr: str) -> None:
    found = fragment(tmp_path, f"Resources:\n  A: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: {cidr}}}}}\n")
    assert problems(found) == []


def test_a_placeholder_default_is_unknown_and_not_wrong(tmp_path: Path) -> None:
    text = """
Parameters:
  Cidr: {Type: String, Default: CHANGE-ME}
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Ref Cidr}}
"""
    found = fragment(tmp_path, text)
    assert problems(found) == []
    assert str(identity(only(found, Vpc).blocks[0].cidr)) == "Cidr"


def test_a_switch_that_is_neither_true_nor_false(tmp_path: Path) -> None:
    text = "Resources:\n  A: {Type: 'AWS::EC2::VPC', Properties: {EnableDnsSupport: enabled}}\n"
    assert problems(fragment(tmp_path, text)) == [("PL902", 2, 43, "A")]
