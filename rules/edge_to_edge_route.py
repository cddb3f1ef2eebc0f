"""A route sends into a peering what lies beyond the edge of the peer.

## Why

A VPC does not lend its internet gateway, NAT gateway, VPN, Direct Connect or gateway endpoints to its peers. A
default route over a peering (0.0.0.0/0 or ::/0) therefore reaches the peer's own blocks and drops the rest, and one
to the peer's premises or to the prefix list of an AWS service drops everything. AWS accepts such routes.

## Bad

```hcl
resource "aws_vpc" "private" {
  cidr_block = "10.90.0.0/16"
}

resource "aws_vpc" "egress" {
  cidr_block = "10.91.0.0/16"
}

resource "aws_internet_gateway" "egress" {
  vpc_id = aws_vpc.egress.id
}

resource "aws_vpc_peering_connection" "private_egress" {
  vpc_id      = aws_vpc.private.id
  peer_vpc_id = aws_vpc.egress.id
  auto_accept = true
}

resource "aws_route" "internet" {
  route_table_id            = aws_vpc.private.main_route_table_id
  destination_cidr_block    = "0.0.0.0/0"
  vpc_peering_connection_id = aws_vpc_peering_connection.private_egress.id
}
```

```yaml
Resources:
  Private:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  PrivateTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Private
  Egress:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.91.0.0/16
  PrivateEgress:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Private
      PeerVpcId: !Ref Egress
  Internet:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref PrivateTable
      DestinationCidrBlock: 0.0.0.0/0
      VpcPeeringConnectionId: !Ref PrivateEgress
```

## Good

```hcl
resource "aws_vpc" "private" {
  cidr_block = "10.90.0.0/16"
}

resource "aws_vpc" "egress" {
  cidr_block = "10.91.0.0/16"
}

resource "aws_internet_gateway" "private" {
  vpc_id = aws_vpc.private.id
}

resource "aws_vpc_peering_connection" "private_egress" {
  vpc_id      = aws_vpc.private.id
  peer_vpc_id = aws_vpc.egress.id
  auto_accept = true
}

resource "aws_route" "internet" {
  route_table_id         = aws_vpc.private.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.private.id
}

resource "aws_route" "egress" {
  route_table_id            = aws_vpc.private.main_route_table_id
  destination_cidr_block    = aws_vpc.egress.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.private_egress.id
}
```

```yaml
Resources:
  Private:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  PrivateTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Private
  Egress:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.91.0.0/16
  PrivateEgress:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Private
      PeerVpcId: !Ref Egress
  ToEgress:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref PrivateTable
      DestinationCidrBlock: !GetAtt Egress.CidrBlock
      VpcPeeringConnectionId: !Ref PrivateEgress
```

## Fix

Give the VPC a way out of its own (an internet or NAT gateway, a gateway endpoint, a VPN), or route through a transit
gateway, which does lend the gateways of an egress VPC. Over the peering, route only the peer's own blocks. Interface
endpoints and proxies in the peer are reached by those and are no part of this rule.

## Undecided when

A destination has no value and may be the default route, a prefix list is not in the input, or the route may not
exist.

## See also

- [Invalid VPC peering configurations](https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html)
- [Centralized egress to the internet](https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-egress-to-internet.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.blocks import known_cidrs
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import block_names, connection_of
from peerlint.network.routing.edges import edge_routes
from peerlint.network.routing.strays import DESTINATION, Defect, Doubt, Stray, of_defect, strays
from peerlint.rule import Finding, Note, Severity, Undecided, rule, whence

REMEDY = (
    "use a gateway or endpoint of the VPC's own, or a transit gateway; over the peering, route only the peer's blocks"
)


@rule("PL208", "edge-to-edge-route", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each destination over a peering that only a gateway of the peer could reach."""
    doubts: dict[object, Doubt] = {}
    everything = [
        *edge_routes(network),
        *(s for peering in network.peerings.judged for s in strays(network, peering)),
    ]
    for item in everything:
        if item.defect is Defect.EDGE and isinstance(item, Doubt):
            doubts.setdefault(item.route.target.id, item)
    for stray in of_defect(everything, Defect.EDGE)[0]:
        yield _finding(network, stray)
    for doubt in doubts.values():
        yield _question(network, doubt)


def _question(network: Network, doubt: Doubt) -> Undecided:
    route = doubt.route.origin
    destination = "its destination" if doubt.prefix is None else str(doubt.prefix)
    target = connection_of(network, doubt.route)
    question = f"whether {destination}, which {route.address} routes over {target}, lies beyond the edge of the peer"
    return Undecided(question, doubt.reason, written_at(route, *DESTINATION), (route.address,), stack=route.stack)


def _finding(network: Network, stray: Stray) -> Finding:
    route = stray.route.origin
    near = "" if stray.near is None else f" from {network.seen_from(stray.near.origin, route.stack).name}"
    target = connection_of(network, stray.route)
    if stray.far is None:
        peer, own = "the peer", "its own blocks"
    else:
        told = known_cidrs(network, stray.far)
        peer = network.seen_from(stray.far.origin, route.stack).name
        own = f"its own {block_names(network, stray.far)}" if told else "its own blocks"
    rest = f"only {own} can be reached there" if stray.prefix.whole else "nothing of it can be reached there"
    lent = "".join(f", {gateway.origin.name} included" for gateway in stray.gateways[:1])
    notes = [
        Note(f"{g.origin.name} is {_with_article(g.kind.value)} of {peer}", g.origin.span) for g in stray.gateways[:3]
    ]
    return Finding(
        f"{route.address} sends {stray.destination}{near} over {target} to {peer}, which forwards nothing beyond its "
        f"edge{lent}: {rest}",
        written_at(route, *DESTINATION),
        (route.address, *(vpc.origin.address for vpc in (stray.near, stray.far) if vpc is not None)),
        (*whence(stray.prefix.cidr, written_at(route, *DESTINATION)), *notes),
        REMEDY,
        stack=route.stack,
    )


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
