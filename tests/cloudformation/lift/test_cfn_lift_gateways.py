"""Gateways, endpoints, attachments and private zones."""

from __future__ import annotations

from pathlib import Path

from peerlint.network.model import Gateway, GatewayKind, HostedZone
from tests.cloudformation.written import all_of, fragment, only
from tests.values import identity, known

TEMPLATE = """\
Resources:
  A: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Igw: {Type: 'AWS::EC2::InternetGateway'}
  IgwA: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref A, InternetGatewayId: !Ref Igw}}
  Vgw: {Type: 'AWS::EC2::VPNGateway', Properties: {Type: ipsec.1}}
  VgwA: {Type: 'AWS::EC2::VPCGatewayAttachment', Properties: {VpcId: !Ref A, VpnGatewayId: !Ref Vgw}}
  Vpn:
    Type: AWS::EC2::VPNConnection
    Properties: {Type: ipsec.1, CustomerGatewayId: cgw-0a, VpnGatewayId: !Ref Vgw, StaticRoutesOnly: true}
  Office:
    Type: AWS::EC2::VPNConnectionRoute
    Properties: {DestinationCidrBlock: 192.168.0.0/24, VpnConnectionId: !Ref Vpn}
  Elsewhere:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: vpc-0b, InternetGatewayId: igw-0b}
  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: subnet-0a, ConnectivityType: private}}
  Six: {Type: 'AWS::EC2::EgressOnlyInternetGateway', Properties: {VpcId: !Ref A}}
  S3:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref A, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [rtb-0a]}
  Ssm:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref A, ServiceName: com.amazonaws.eu-west-1.ssm, VpcEndpointType: Interface}
  Lb:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcId: !Ref A, ServiceName: com.amazonaws.vpce.x, VpcEndpointType: GatewayLoadBalancer}
  Tgw:
    Type: AWS::EC2::TransitGatewayVpcAttachment
    Properties:
      VpcId: !Ref A
      TransitGatewayId: tgw-0a
      SubnetIds: [subnet-0a]
      Options: {SecurityGroupReferencingSupport: enable}
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: corp.internal, VPCs: [{VPCId: !Ref A, VPCRegion: eu-west-1}]}
  Public: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com}}
"""


def gateways(folder: Path) -> dict[GatewayKind, list[Gateway]]:
    found = all_of(fragment(folder, TEMPLATE), Gateway)
    return {kind: [gateway for gateway in found if gateway.kind is kind] for kind in GatewayKind}


def test_attached_gateways_have_the_vpc_of_their_attachment(tmp_path: Path) -> None:
    found = gateways(tmp_path)
    own, elsewhere = found[GatewayKind.INTERNET]
    assert (own.origin.address, str(identity(own.vpc)), str(identity(own.id))) == ("Igw", "A.id", "Igw.id")
    assert (elsewhere.origin.address, known(elsewhere.vpc), known(elsewhere.id)) == ("Elsewhere", "vpc-0b", "igw-0b")
    (vpn,) = found[GatewayKind.VPN]
    assert (vpn.origin.address, str(identity(vpn.vpc))) == ("Vgw", "A.id")


def test_a_route_of_a_vpn_connection_leads_on_premises(tmp_path: Path) -> None:
    (office,) = gateways(tmp_path)[GatewayKind.CUSTOMER_ROUTE]
    assert (str(identity(office.vpc)), [str(known(cidr)) for cidr in office.cidrs]) == ("A.id", ["192.168.0.0/24"])


def test_other_gateways(tmp_path: Path) -> None:
    found = gateways(tmp_path)
    assert known(found[GatewayKind.NAT][0].subnet) == "subnet-0a"
    assert str(identity(found[GatewayKind.EGRESS_ONLY][0].vpc)) == "A.id"
    (attachment,) = found[GatewayKind.TRANSIT_ATTACHMENT]
    assert known(attachment.group_references) is True


def test_endpoints_by_their_type(tmp_path: Path) -> None:
    found = gateways(tmp_path)
    assert [gateway.origin.address for gateway in found[GatewayKind.GATEWAY_ENDPOINT]] == ["S3"]
    assert [gateway.origin.address for gateway in found[GatewayKind.INTERFACE_ENDPOINT]] == ["Ssm"]
    assert [known(table) for table in found[GatewayKind.GATEWAY_ENDPOINT][0].tables] == ["rtb-0a"]


def test_a_zone_that_names_vpcs_is_private(tmp_path: Path) -> None:
    zone = only(fragment(tmp_path, TEMPLATE), HostedZone)
    assert (known(zone.name), [str(identity(vpc)) for vpc in zone.vpcs]) == ("corp.internal", ["A.id"])
