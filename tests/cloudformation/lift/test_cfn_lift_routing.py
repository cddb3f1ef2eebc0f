"""Route tables, routes, prefix lists, peerings."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.network.model import (
    CidrDestination,
    GatewayAssociation,
    GatewayPropagation,
    Peering,
    PrefixList,
    PrefixListDestination,
    PrefixListEntry,
    Route,
    RouteTable,
    SubnetAssociation,
    TargetKind,
)
from peerlint.network.values import Known, Why
from tests.cloudformation.written import all_of, fragment, only, problems
from tests.values import identity, known, unknown

TEMPLATE = """\
Resources:
  Pcx:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: vpc-0a
      PeerVpcId: vpc-0b
      PeerOwnerId: 012345678901
      PeerRegion: !Sub '${AWS::Region}'
      PeerRoleArn: arn:aws:iam::012345678901:role/accept
      PeerVpcPeeringConnectionOptions: {AllowDnsResolutionFromRemoteVpc: true}
  Igw: {Type: 'AWS::EC2::InternetGateway'}
  Vgw: {Type: 'AWS::EC2::VPNGateway', Properties: {Type: ipsec.1}}
  Table: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: vpc-0a}}
  Propagation:
    Type: AWS::EC2::VPNGatewayRoutePropagation
    Properties: {RouteTableIds: [!Ref Table], VpnGatewayId: !Ref Vgw}
  Subnet:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !GetAtt Table.RouteTableId, SubnetId: subnet-0a}
  Edge:
    Type: AWS::EC2::GatewayRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, GatewayId: !Ref Igw}
  List:
    Type: AWS::EC2::PrefixList
    Properties:
      PrefixListName: peers
      AddressFamily: IPv4
      MaxEntries: 5
      Entries:
        - Cidr: 10.1.0.0/16
        - {Cidr: 10.2.0.0/16, Description: b}
"""


def route(folder: Path, properties: str, head: str = "") -> Route:
    (found,) = routes(folder, properties, head)
    return found


def routes(folder: Path, properties: str, head: str = "") -> list[Route]:
    text = f"{head}{TEMPLATE}  R: {{Type: 'AWS::EC2::Route', Properties: {{RouteTableId: !Ref Table, {properties}}}}}\n"
    return all_of(fragment(folder, text), Route)


def test_a_peering(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    peering = only(found, Peering)
    assert (known(peering.vpc), known(peering.peer_vpc)) == ("vpc-0a", "vpc-0b")
    assert known(peering.peer_owner) == "012345678901"
    assert identity(peering.peer_region) == identity(peering.place.region)
    assert known(peering.peer_role) == "arn:aws:iam::012345678901:role/accept"
    assert peering.origin.at("PeerVpcId").line == 6
    assert problems(found) == []


def test_a_table_and_its_associations(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    table = only(found, RouteTable)
    assert known(table.vpc) == "vpc-0a"
    propagation = only(found, GatewayPropagation)
    assert (propagation.table, str(identity(propagation.gateway))) == (table.id, "Vgw.id")
    assert identity(only(found, SubnetAssociation).table) == identity(table.id)
    assert identity(only(found, GatewayAssociation).table) == identity(table.id)
    assert str(identity(only(found, GatewayAssociation).gateway)) == "Igw.id"


def test_a_prefix_list(tmp_path: Path) -> None:
    found = fragment(tmp_path, TEMPLATE)
    prefix_list = only(found, PrefixList)
    entries = all_of(found, PrefixListEntry)
    assert known(prefix_list.max_entries) == 5
    assert [str(known(entry.cidr)) for entry in entries] == ["10.1.0.0/16", "10.2.0.0/16"]
    assert {identity(entry.list) for entry in entries} == {identity(prefix_list.id)}
    assert [entry.origin.at("Cidr").line for entry in entries] == [30, 31]


TARGETS = {
    "VpcPeeringConnectionId: !Ref Pcx": TargetKind.PEERING,
    "VpcPeeringConnectionId: pcx-0a": TargetKind.PEERING,
    "GatewayId: !Ref Igw": TargetKind.INTERNET,
    "GatewayId: !Ref Vgw": TargetKind.VPN,
    "GatewayId: !Ref Pcx": TargetKind.PEERING,
    "GatewayId: pcx-0a": TargetKind.PEERING,
    "GatewayId: igw-0a": TargetKind.INTERNET,
    "GatewayId: vgw-0a": TargetKind.VPN,
    "GatewayId: local": TargetKind.LOCAL,
    "GatewayId: !ImportValue gateway": TargetKind.UNKNOWN,
    "NatGatewayId: nat-0a": TargetKind.NAT,
    "TransitGatewayId: tgw-0a": TargetKind.TRANSIT,
    "EgressOnlyInternetGatewayId: eigw-0a": TargetKind.EGRESS_ONLY,
    "NetworkInterfaceId: eni-0a": TargetKind.INTERFACE,
    "InstanceId: i-0a": TargetKind.INSTANCE,
    "VpcEndpointId: vpce-0a": TargetKind.ENDPOINT,
    "CarrierGatewayId: cagw-0a": TargetKind.CARRIER,
    "LocalGatewayId: lgw-0a": TargetKind.LOCAL_GATEWAY,
    "CoreNetworkArn: arn:aws:networkmanager::1:core-network/c": TargetKind.CORE_NETWORK,
}


@pytest.mark.parametrize(("argument", "kind"), TARGETS.items(), ids=TARGETS)
def test_every_target_of_a_route(tmp_path: Path, argument: str, kind: TargetKind) -> None:
    target = route(tmp_path, f"DestinationCidrBlock: 10.9.0.0/16, {argument}").target
    assert (target.kind, target.argument) == (kind, argument.split(":")[0])


def test_a_route_without_a_target(tmp_path: Path) -> None:
    target = route(tmp_path, "DestinationCidrBlock: 10.9.0.0/16").target
    assert (target.kind, unknown(target.id).why) == (TargetKind.UNKNOWN, Why.INVALID)


def test_destinations(tmp_path: Path) -> None:
    four = route(tmp_path, "DestinationCidrBlock: 10.9.0.5/16, GatewayId: local").destination
    six = route(tmp_path, "DestinationIpv6CidrBlock: '2001:db8::/56', GatewayId: local").destination
    named = route(tmp_path, "DestinationPrefixListId: !Ref List, GatewayId: local").destination
    assert isinstance(four, CidrDestination)
    assert isinstance(six, CidrDestination)
    assert isinstance(named, PrefixListDestination)
    assert (str(known(four.cidr)), four.version) == ("10.9.0.0/16", 4)
    assert isinstance(four.cidr, Known)
    assert four.cidr.value.has_host_bits
    assert (str(known(six.cidr)), six.version) == ("2001:db8::/56", 6)
    assert str(identity(named.id)) == "List.id"


def test_a_target_that_hangs_on_a_condition_is_one_route_for_each_answer(tmp_path: Path) -> None:
    head = "Parameters: {P: {Type: String}}\nConditions: {Peered: !Equals [!Ref P, 'yes']}\n"
    properties = (
        "DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !If [Peered, !Ref Pcx, !Ref 'AWS::NoValue'], "
        "GatewayId: !If [Peered, !Ref 'AWS::NoValue', !Ref Igw]"
    )
    first, second = routes(tmp_path, properties, head)
    assert [r.target.kind for r in (first, second)] == [TargetKind.PEERING, TargetKind.INTERNET]
    assert first.origin.presence.excludes(second.origin.presence)
