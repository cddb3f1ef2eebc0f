"""Security groups and network ACLs."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import (
    AclAssociation,
    AclEntry,
    CidrPeer,
    Direction,
    Fragment,
    GroupPeer,
    GroupVpcAssociation,
    Kind,
    NetworkAcl,
    Permission,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
)
from tests.cloudformation.written import all_of, fragment, only, problems
from tests.values import identity, known

TEMPLATE = """\
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: vpc-0a
      GroupName: web
      SecurityGroupIngress:
        - IpProtocol: TCP
          FromPort: '443'
          ToPort: 443
          CidrIp: 10.1.0.0/16
        - {IpProtocol: -1, CidrIpv6: '2001:db8::/32', FromPort: 0, ToPort: 0}
        - {IpProtocol: 6, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-0a}
  App: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: vpc-0b, SecurityGroupEgress: [
    {IpProtocol: tcp, FromPort: 1, ToPort: 2, DestinationSecurityGroupId: !GetAtt Web.GroupId}]}}
  FromWeb:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: !Ref App
      IpProtocol: icmp
      FromPort: -1
      ToPort: -1
      SourceSecurityGroupId: !GetAtt Web.GroupId
      SourceSecurityGroupOwnerId: 123456789012
  Itself:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref App, IpProtocol: tcp, FromPort: 1, ToPort: 2, SourceSecurityGroupId: !GetAtt App.GroupId}
  Out:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: {GroupId: !Ref App, IpProtocol: udp, FromPort: 53, ToPort: 53, CidrIp: 10.1.0.2/32}
  Lent: {Type: 'AWS::EC2::SecurityGroupVpcAssociation', Properties: {GroupId: !Ref App, VpcId: vpc-0c}}
"""


def rules_of(found: Fragment, group: str, direction: Direction) -> list[Permission]:
    permissions = all_of(found, Permission)
    return [p for p in permissions if identity(p.group).address == group and p.direction is direction]


def test_inline_ingress(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    first, second, third = rules_of(found, "Web", Direction.INGRESS)
    assert (known(first.protocol), known(first.from_port), known(first.to_port)) == ("tcp", 443, 443)
    (peer,) = first.peers
    assert isinstance(peer, CidrPeer)
    assert (str(known(peer.cidr)), peer.at.line, peer.at.column) == ("10.1.0.0/16", 11, 11)
    assert (first.origin.address, first.origin.span.line, first.inline) == ("Web", 8, True)
    assert first.origin.at("CidrIp") == first.origin.at("SecurityGroupIngress[0].CidrIp") == peer.at
    assert (known(second.protocol), second.from_port, second.to_port) == ("-1", None, None)
    assert known(third.protocol) == "tcp"
    assert isinstance(third.peers[0], PrefixListPeer)


def test_a_group_without_egress_of_its_own_lets_everything_out(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    (everything,) = rules_of(found, "Web", Direction.EGRESS)
    assert known(everything.protocol) == "-1"
    assert {str(known(peer.cidr)) for peer in everything.peers if isinstance(peer, CidrPeer)} == {"0.0.0.0/0", "::/0"}


def test_a_group_with_egress_of_its_own_does_not(tmp_path: Path) -> None:
    inline, added = rules_of(fragment(tmp_path, TEMPLATE), "App", Direction.EGRESS)
    assert isinstance(inline.peers[0], GroupPeer)
    assert identity(inline.peers[0].group).address == "Web"
    assert (known(added.protocol), added.inline, added.origin.address) == ("udp", False, "Out")


def test_rules_that_stand_alone(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    from_web, itself = rules_of(found, "App", Direction.INGRESS)
    (peer,) = from_web.peers
    assert isinstance(peer, GroupPeer)
    assert (identity(peer.group), known(peer.account)) == (identity(all_of(found, SecurityGroup)[0].id), "123456789012")
    assert isinstance(itself.peers[0], SelfPeer)


def test_a_group_lent_to_another_vpc(tmp_path: Path) -> None:
    association = only(fragment(tmp_path, TEMPLATE), GroupVpcAssociation)
    assert (identity(association.group).address, known(association.vpc)) == ("App", "vpc-0c")


def test_rules_under_conditions_exclude_each_other(tmp_path: Path) -> None:
    text = """
Parameters: {P: {Type: String}}
Conditions: {Open: !Equals [!Ref P, 'yes']}
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - !If [Open, {IpProtocol: tcp, CidrIp: 0.0.0.0/0}, {IpProtocol: tcp, CidrIp: 10.0.0.0/8}]
        - !If [Open, {IpProtocol: tcp, CidrIp: 10.0.0.0/16}, !Ref 'AWS::NoValue']
      SecurityGroupEgress: !If [Open, [{IpProtocol: -1, CidrIp: 10.0.0.0/8}], !Ref 'AWS::NoValue']
"""
    found = fragment(tmp_path, text)
    wide, narrow, more = rules_of(found, "G", Direction.INGRESS)
    assert wide.origin.presence.excludes(narrow.origin.presence)
    assert not wide.origin.presence.excludes(more.origin.presence)
    assert all(rule.origin.presence.doubt for rule in rules_of(found, "G", Direction.EGRESS))
    assert len(rules_of(found, "G", Direction.EGRESS)) == 2


def test_rules_that_are_unknown_as_a_whole_leave_the_group_open(tmp_path: Path) -> None:
    text = """
Resources:
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress: {'Fn::Transform': {Name: Rules}}
"""
    found = fragment(tmp_path, text)
    (gap,) = found.gaps
    assert gap.kinds == {Kind.PERMISSION}
    assert gap.touches == frozenset({only(found, SecurityGroup).id})


@pytest.mark.parametrize("port", ["65536", "-2", "http", "1.5"])
def test_a_port_that_does_not_exist(tmp_path: Path, port: str) -> None:
    text = (
        "Resources:\n  I:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties:\n"
        f"      GroupId: sg-0a\n      IpProtocol: tcp\n      FromPort: {port}\n      ToPort: 65535\n"
    )
    assert problems(fragment(tmp_path, text)) == [("PL902", 7, 7, "I")]


ACL = """\
Resources:
  Acl: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: vpc-0a}}
  Use: {Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: {NetworkAclId: !Ref Acl, SubnetId: subnet-0a}}
  In:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Acl
      RuleNumber: '100'
      Protocol: 6
      RuleAction: allow
      CidrBlock: 10.1.0.0/16
      PortRange: {From: 443, To: '443'}
  Out:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, RuleAction: deny, Egress: true, Ipv6CidrBlock: '::/0'}
  Ping:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 90, Protocol: 1, RuleAction: allow, CidrBlock: 0.0.0.0/0,
      Icmp: {Code: -1, Type: 8}}
"""


def test_network_acls(tmp_path: Path) -> None:
    found = fragment(tmp_path, ACL)
    acl = only(found, NetworkAcl)
    assert (known(acl.vpc), identity(only(found, AclAssociation).acl)) == ("vpc-0a", identity(acl.id))
    inward, outward, ping = all_of(found, AclEntry)
    assert (inward.direction, known(inward.number), known(inward.allow)) == (Direction.INGRESS, 100, True)
    assert (known(inward.protocol), known(inward.from_port), known(inward.to_port)) == ("tcp", 443, 443)
    assert (outward.direction, known(outward.allow), known(outward.protocol)) == (Direction.EGRESS, False, "-1")
    assert (outward.from_port, str(known(outward.cidr))) == (None, "::/0")
    assert (known(ping.protocol), known(ping.icmp_type), known(ping.icmp_code)) == ("icmp", 8, -1)


def test_an_action_that_does_not_exist(tmp_path: Path) -> None:
    found = fragment(tmp_path, ACL.replace("RuleAction: deny", "RuleAction: drop"))
    assert problems(found) == [("PL902", 16, 63, "Out")]
