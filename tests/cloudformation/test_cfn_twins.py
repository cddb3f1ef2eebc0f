"""One template in YAML and in JSON is one network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from peerlint.cloudformation.decode import decode_mapping
from peerlint.cloudformation.nodes import MappingNode, Node, ScalarNode, SequenceNode
from peerlint.network.model import Fragment, Origin
from peerlint.network.values import Span
from peerlint.records import field_names, is_record
from tests.cloudformation.written import fragment

NETWORK = """\
Parameters:
  Env: {Type: String}
  Net: {Type: String, Default: "10"}
Conditions:
  Open: !And [!Not [!Equals [!Ref Env, prod]], !Equals [!Ref Net, 10]]
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Sub '${Net}.0.0.0/16', EnableDnsHostnames: true}}
  B:
    Type: AWS::EC2::VPC
    Condition: Open
    Properties:
      CidrBlock: !Join ['.', [!Ref Net, 1, 0, 0/16]]
  Pcx:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref A, PeerVpcId: !GetAtt B.VpcId, PeerRegion: !Ref AWS::Region}
  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref A}}
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: !Select [1, !Cidr [!GetAtt B.CidrBlock, 2, 8]]
      VpcPeeringConnectionId: !If [Open, !Ref Pcx, !Ref AWS::NoValue]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !ImportValue {'Fn::Sub': '${Env}-vpc'}
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: '22', CidrIp: !GetAtt A.CidrBlock}
        - !If [Open, {IpProtocol: -1, CidrIp: 0.0.0.0/0}, !Ref AWS::NoValue]
  Missing: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Nowhere, CidrBlock: nowhere}}
Outputs:
  Table: {Value: !Ref Table, Export: {Name: net-table}}
"""


def plain(node: Node) -> object:
    match node:
        case ScalarNode(value=value):
            return value
        case SequenceNode(items=items):
            return [plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key: plain(entry.value) for key, entry in entries.items()}


def without_places(value: object) -> object:
    match value:
        case Span():
            return None
        case Origin():
            return value.address, sorted(value.arguments), value.presence
        case tuple():
            return [without_places(item) for item in value]
        case _ if is_record(value):
            return type(value).__name__, [without_places(getattr(value, name)) for name in field_names(value)]
        case _:
            return value


def network(found: Fragment) -> list[object]:
    problems = [(problem.kind, problem.message, problem.address) for problem in found.problems]
    return [without_places(found.entities), without_places(found.gaps), found.provides, problems]


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_yaml_and_json_lift_to_the_same(tmp_path: Path, indent: int | str | None) -> None:
    first = fragment(tmp_path, NETWORK, name="net.template")
    assert len(first.entities) > 8
    assert {problem.kind.value for problem in first.problems} == {"PL902", "PL905"}
    twin = json.dumps(plain(decode_mapping(NETWORK.encode(), "/net.yaml")[0]), indent=indent)
    assert network(fragment(tmp_path, twin, name="net.template")) == network(first)
