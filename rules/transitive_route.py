"""A route sends into a peering what belongs to a peer of the peer.

## Why

Peering is not transitive. Where a hub is peered with two spokes, a packet from one spoke that reaches the hub and is
meant for the other is dropped there, whatever the hub's own route tables say. AWS accepts the routes.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.80.0.0/16"
}

resource "aws_vpc" "build" {
  cidr_block = "10.81.0.0/16"
}

resource "aws_vpc" "production" {
  cidr_block = "10.82.0.0/16"
}

resource "aws_vpc_peering_connection" "build_hub" {
  vpc_id      = aws_vpc.build.id
  peer_vpc_id = aws_vpc.hub.id
  auto_accept = true
}

resource "aws_vpc_peering_connection" "hub_production" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.production.id
  auto_accept = true
}

resource "aws_route" "build_to_production" {
  route_table_id            = aws_vpc.build.main_route_table_id
  destination_cidr_block    = aws_vpc.production.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.build_hub.id
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.80.0.0/16
  Build:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.81.0.0/16
  BuildTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Build
  Production:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.82.0.0/16
  BuildHub:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Build
      PeerVpcId: !Ref Hub
  HubProduction:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Production
  BuildToProduction:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref BuildTable
      DestinationCidrBlock: !GetAtt Production.CidrBlock
      VpcPeeringConnectionId: !Ref BuildHub
```

## Good

```hcl
resource "aws_vpc" "build" {
  cidr_block = "10.81.0.0/16"
}

resource "aws_vpc" "production" {
  cidr_block = "10.82.0.0/16"
}

resource "aws_vpc_peering_connection" "build_production" {
  vpc_id      = aws_vpc.build.id
  peer_vpc_id = aws_vpc.production.id
  auto_accept = true
}

resource "aws_route" "build_to_production" {
  route_table_id            = aws_vpc.build.main_route_table_id
  destination_cidr_block    = aws_vpc.production.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.build_production.id
}
```

```yaml
Resources:
  Build:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.81.0.0/16
  BuildTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Build
  Production:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.82.0.0/16
  BuildProduction:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Build
      PeerVpcId: !Ref Production
  BuildToProduction:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref BuildTable
      DestinationCidrBlock: !GetAtt Production.CidrBlock
      VpcPeeringConnectionId: !Ref BuildProduction
```

## Fix

Peer the two VPCs directly, or join all of them with a transit gateway. Where a direct connection exists already, the
finding is `route-outside-peer` and names it.

## Undecided when

The destination is not known and may belong to a peer of the peer, or it may also lie in a block of the peer that is
not known. A block of a VPC that is peered with the peer cannot lie in the peer.

## See also

- [VPC peering limitations](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
- [Invalid VPC peering configurations](https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, written_at
from peerlint.network.routing.strays import DESTINATION, Defect, Stray, of_defect, strays
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL207", "transitive-route", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each destination over a peering that belongs to a peer of the peer."""
    for peering in network.peerings.judged:
        found, doubt = of_defect(strays(network, peering), Defect.TRANSITIVE)
        for stray in found:
            yield from _finding(network, peering, stray)
        if doubt is not None:
            route = network.seen_from(doubt.route.origin, peering.origin.stack)
            question = (
                f"whether {doubt.prefix}, which {route.name} routes over {peering.origin.name}, "
                "belongs to a peer of the peer"
            )
            at = written_at(route, *DESTINATION)
            yield Undecided(
                question,
                doubt.reason,
                at,
                (route.address, *addresses(network, peering)),
                stack=peering.origin.stack,
            )


def _finding(network: Network, peering: Peering, stray: Stray) -> Iterator[Finding]:
    match stray:
        case Stray(near=near, far=far, third=third, by=by) if near and far and third and by:
            start, hub, goal = (vpc.origin.name for vpc in (near, far, third))
            route = network.seen_from(stray.route.origin, peering.origin.stack)
            yield Finding(
                f"{route.name} sends {stray.destination} of {goal} from {start} over {peering.origin.name} to "
                f"{hub}, but peering is not transitive: the packets are dropped there",
                written_at(route, *DESTINATION),
                (route.address, *addresses(network, peering), third.origin.address),
                (
                    *whence(stray.prefix.cidr, written_at(route, *DESTINATION)),
                    Note(f"{peering.origin.name} joins {start} with {hub} only", peering.origin.span),
                    Note(f"{by.origin.name} joins {hub} with {goal}, not {start}", by.origin.span),
                ),
                f"peer {start} with {goal} directly, or join all three with a transit gateway",
                stack=peering.origin.stack,
            )
