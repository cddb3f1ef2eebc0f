"""References between resources, and those that lead to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import (
    BlockAssociation,
    CidrDestination,
    NetworkAcl,
    Peering,
    Permission,
    Route,
    SecurityGroup,
    SelfPeer,
    Subnet,
    Vpc,
)
from peerlint.network.values import Why
from tests.cloudformation.written import PEERING, all_of, fragment, only, problems, value_of
from tests.values import identity, known, unknown


@pytest.mark.parametrize(
    "expression",
    [
        "!Ref A",
        "!GetAtt A.VpcId",
        "!GetAtt [A, VpcId]",
        "{'Fn::GetAtt': [A, VpcId]}",
        "{'Fn::GetAtt': A.VpcId}",
        "!Sub '${A}'",
        "!Sub '${A.VpcId}'",
        "!GetAtt Subnet.VpcId",
        "!GetAtt Group.VpcId",
    ],
)
def test_every_way_to_name_a_vpc_is_its_id(tmp_path: Path, expression: str) -> None:
    text = f"""
Resources:
  A: {{Type: 'AWS::EC2::VPC', Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Subnet: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: !Ref A}}}}
  Group: {{Type: 'AWS::EC2::SecurityGroup', Properties: {{VpcId: !Ref A}}}}
  Pcx: {{Type: 'AWS::EC2::VPCPeeringConnection', Properties: {{VpcId: {expression}, PeerVpcId: vpc-0abc1234}}}}
"""
    found = fragment(tmp_path, text)
    assert identity(only(found, Peering).vpc) == identity(only(found, Vpc).id)
    assert known(only(found, Peering).peer_vpc) == "vpc-0abc1234"


def test_the_configured_block_of_a_vpc_is_known(tmp_path: Path) -> None:
    assert known(value_of(tmp_path, "!GetAtt Named.CidrBlock")) == "10.0.0.0/16"


def test_the_block_of_a_pool_is_the_same_unknown_wherever_it_is_used(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {Ipv4IpamPoolId: ipam-pool-1, Ipv4NetmaskLength: 16}}
  R:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: rtb-1, DestinationCidrBlock: !GetAtt A.CidrBlock, VpcPeeringConnectionId: pcx-1}
"""
    found = fragment(tmp_path, text)
    destination = only(found, Route).destination
    assert isinstance(destination, CidrDestination)
    (block,) = only(found, Vpc).blocks
    assert identity(destination.cidr) == identity(block.cidr)


def test_the_one_ipv6_block_of_a_vpc_is_the_associated_one(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Six: {Type: 'AWS::EC2::VPCCidrBlock', Properties: {VpcId: !Ref A, AmazonProvidedIpv6CidrBlock: true}}
  R:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-1
      DestinationIpv6CidrBlock: !Select [0, !GetAtt A.Ipv6CidrBlocks]
      VpcPeeringConnectionId: pcx-1
"""
    found = fragment(tmp_path, text)
    destination = only(found, Route).destination
    assert isinstance(destination, CidrDestination)
    assert destination.version == 6
    assert identity(destination.cidr) == identity(only(found, BlockAssociation).block.cidr)


def test_what_refers_to_a_default_group_or_acl_brings_it_in(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  In:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt A.DefaultSecurityGroup, IpProtocol: tcp, FromPort: 1, ToPort: 2, CidrIp: 10.1.0.0/16}
  Assoc:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties: {SubnetId: subnet-1, NetworkAclId: !GetAtt A.DefaultNetworkAcl}
"""
    found = fragment(tmp_path, text)
    group, acl = only(found, SecurityGroup), only(found, NetworkAcl)
    assert group.is_default
    assert acl.is_default
    added, *own = (p for p in all_of(found, Permission))
    assert identity(added.group) == identity(group.id) == identity(own[0].group)
    assert any(isinstance(peer, SelfPeer) for permission in own for peer in permission.peers)
    assert identity(group.vpc) == identity(acl.vpc) == identity(only(found, Vpc).id)


def test_a_vpc_whose_defaults_nobody_names_brings_in_none(tmp_path: Path) -> None:
    found = fragment(tmp_path, "Resources:\n  A: {Type: 'AWS::EC2::VPC'}\n")
    assert [type(entity) for entity in found.entities] == [Vpc]


def test_an_output_of_a_nested_stack_is_of_a_module_that_was_not_read(tmp_path: Path) -> None:
    text = """
Resources:
  Net: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: net.yaml}}
  S: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt Net.Outputs.Vpc}}
"""
    vpc = unknown(only(fragment(tmp_path, text), Subnet).vpc)
    assert (vpc.why, str(vpc.of)) == (Why.MODULE, "Net.Outputs.Vpc")


MISSING = """\
Resources:
  S:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: {expression}
      CidrBlock: 10.0.0.0/24
"""


@pytest.mark.parametrize("expression", ["!Ref Vpc", "!GetAtt Vpc.VpcId", "!Sub '${Vpc}'", "!Sub '${Vpc.VpcId}'"])
def test_a_reference_to_nothing_where_there_is_a_peering(tmp_path: Path, expression: str) -> None:
    text = MISSING.replace("{expression}", expression)
    assert problems(fragment(tmp_path, text)) == []
    found = fragment(tmp_path, text + PEERING)
    assert problems(found) == [("PL905", 5, 14, "S")]
    assert "`Vpc`" in found.problems[0].message
    assert unknown(only(found, Subnet).vpc).why is Why.INVALID


@pytest.mark.parametrize(
    "open_by",
    [
        "Transform: MyMacro\n",
        "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n",
        "Parameters:\n  Fn::ForEach::P: []\n",
    ],
)
def test_a_name_that_may_still_come_to_be_is_not_missed(tmp_path: Path, open_by: str) -> None:
    assert problems(fragment(tmp_path, open_by + MISSING.replace("{expression}", "!Ref Vpc"))) == []


def test_a_name_that_is_there_but_malformed_is_not_missed(tmp_path: Path) -> None:
    text = """
Parameters:
  Id:
Resources:
  V: {}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Id}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref V}}
"""
    assert problems(fragment(tmp_path, text)) == [("PL901", 5, 3, "V")]


def test_a_missing_name_that_no_network_resource_uses_is_not_reported(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  I: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref Nowhere}}
Outputs:
  O: {Value: !Ref Nowhere, Export: {Name: o}}
"""
    assert problems(fragment(tmp_path, text)) == []


@pytest.mark.parametrize("nesting", ["!Select [0, [{}]]", "!Sub ['${{a}}', {{a: {}}}]", "!Join ['', [{}]]", "[{}]"])
def test_long_chains_of_attributes_end(tmp_path: Path, nesting: str) -> None:
    expressions = [f"!GetAtt S{number + 1}.VpcId" for number in range(300)]
    for _ in range(25):
        expressions = [nesting.format(expression) for expression in expressions]
    subnets = [
        f"  S{number}: {{Type: 'AWS::EC2::Subnet', Properties: {{VpcId: {expression}}}}}\n"
        for number, expression in enumerate(expressions)
    ]
    found = all_of(fragment(tmp_path, "Resources:\n" + "".join(subnets)), Subnet)
    assert all(unknown(subnet.vpc).why in (Why.UNSUPPORTED, Why.INVALID) for subnet in found)


def test_an_ipv6_block_that_names_itself_ends(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::VPC'}
  Six:
    Type: AWS::EC2::VPCCidrBlock
    Properties: {VpcId: !Ref A, Ipv6CidrBlock: !Select [0, !GetAtt A.Ipv6CidrBlocks]}
"""
    assert unknown(only(fragment(tmp_path, text), BlockAssociation).block.cidr).why is Why.INVALID


def test_resources_that_name_each_other_in_a_circle_end(tmp_path: Path) -> None:
    text = """
Resources:
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt B.VpcId}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !GetAtt A.VpcId}}
"""
    assert [unknown(subnet.vpc).why for subnet in all_of(fragment(tmp_path, text), Subnet)] == [Why.INVALID] * 2


SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.13}}
Resources:
  Hello: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.b}}
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref Vpc, GroupName: !Ref NAME}}
"""


@pytest.mark.parametrize("name", ["HelloRole", "Hello.Version", "ServerlessRestApi", "CodeDeployServiceRole"])
def test_what_the_serverless_model_makes_is_not_missed(tmp_path: Path, name: str) -> None:
    found = fragment(tmp_path, SERVERLESS.replace("NAME", name) + PEERING)
    assert problems(found) == []
    assert {type(entity) for entity in found.entities} >= {Vpc, SecurityGroup}
    assert found.gaps == ()


def test_what_it_does_not_make_is_missed(tmp_path: Path) -> None:
    assert problems(fragment(tmp_path, SERVERLESS.replace("NAME", "Nowhere") + PEERING)) == [("PL905", 6, 85, "Group")]


ATTRIBUTES = """\
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  S: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref A, CidrBlock: 10.0.0.0/24, Ipv6CidrBlock: '2001:db8::/64'}}
  T: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref A, CidrBlock: 10.0.1.0/24}}
  Six: {Type: 'AWS::EC2::SubnetCidrBlock', Properties: {SubnetId: !Ref T, Ipv6CidrBlock: '2001:db8:1::/64'}}
  I: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref S}}
  N: {Type: 'AWS::EC2::NetworkInterface', Properties: {SubnetId: !GetAtt S.SubnetId}}
  L: {Type: 'AWS::EC2::PrefixList', Properties: {MaxEntries: 1, AddressFamily: IPv4}}
  P:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: EXPRESSION, PeerVpcId: vpc-2, PeerOwnerId: !GetAtt L.OwnerId}
"""


@pytest.mark.parametrize("expression", ["!GetAtt I.VpcId", "!GetAtt N.VpcId", "!GetAtt S.VpcId", "!Sub '${I.VpcId}'"])
def test_the_vpc_of_what_lies_in_a_subnet_is_that_of_the_subnet(tmp_path: Path, expression: str) -> None:
    found = fragment(tmp_path, ATTRIBUTES.replace("EXPRESSION", expression))
    peering = only(found, Peering)
    assert identity(peering.vpc) == identity(only(found, Vpc).id)
    assert peering.peer_owner is not None
    assert identity(peering.peer_owner) == identity(peering.place.account)
    assert problems(found) == []


@pytest.mark.parametrize(("subnet", "block"), [("S", "2001:db8::/64"), ("T", "2001:db8:1::/64")])
def test_the_ipv6_block_of_a_subnet(tmp_path: Path, subnet: str, block: str) -> None:
    expression = f"!Select [0, !GetAtt {subnet}.Ipv6CidrBlocks]"
    assert known(only(fragment(tmp_path, ATTRIBUTES.replace("EXPRESSION", expression)), Peering).vpc) == block


@pytest.mark.parametrize("expression", ["!GetAtt A.Id", "!GetAtt [A, Arn]", "!Sub '${A.Nothing}'"])
def test_an_attribute_that_the_type_lacks(tmp_path: Path, expression: str) -> None:
    found = fragment(tmp_path, ATTRIBUTES.replace("EXPRESSION", expression))
    assert problems(found) == [("PL905", 11, 25, "P")]
    assert "AWS::EC2::VPC has no attribute" in found.problems[0].message


@pytest.mark.parametrize(
    "expression",
    ["!GetAtt A.CidrBlockAssociations", "!GetAtt A.EnableDnsSupport", "!GetAtt A.DefaultSecurityGroup", "!GetAtt X.Id"],
)
def test_an_attribute_that_it_has_or_may_have(tmp_path: Path, expression: str) -> None:
    text = "  X: {Type: 'Custom::Thing'}\n"
    found = fragment(tmp_path, ATTRIBUTES.replace("EXPRESSION", expression) + text)
    assert problems(found) == []
    assert unknown(only(found, Peering).vpc).why is Why.COMPUTED
