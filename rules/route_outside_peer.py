"""A route sends into a peering what the peer does not have.

## Why

A packet that enters a VPC over a peering is delivered only to that VPC's own blocks. A route whose destination has no
address in common with them is accepted by AWS and drops everything it matches. Mostly it is a mistyped block, the
route's own VPC in place of the peer, or the right block over the wrong connection.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_vpc.shop.main_route_table_id
  destination_cidr_block    = "10.17.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.70.0.0/16
  ShopTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.17.0.0/16
      VpcPeeringConnectionId: !Ref ShopStock
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_vpc.shop.main_route_table_id
  destination_cidr_block    = "10.71.16.0/20"
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.70.0.0/16
  ShopTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Stock:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  ShopStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Stock
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.16.0/20
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Correct the destination to a block of the peer, or the target to the connection that leads there.

A destination that belongs to a peer of the peer is `transitive-route`; one that lies behind the peer's VPN or Direct
Connect is `edge-to-edge-route`.

## Undecided when

The destination or a block of the peer is not known, or the peer may have blocks that were not read, or one that
another root of the run adds to a VPC that it looks up. A destination
that is the peer's own unknown block, or that of one of its subnets, is inside.

## See also

- [Invalid VPC peering configurations](https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html)
- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, vpcs, written_at
from peerlint.network.routing.destinations import block_names
from peerlint.network.routing.strays import DESTINATION, Defect, Stray, of_defect, strays
from peerlint.rule import Finding, Note, Severity, Undecided, rule, whence

SHOWN = 2


@rule("PL206", "route-outside-peer", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each destination over a peering that has nothing in common with the peer."""
    for peering in network.peerings.judged:
        found, doubt = of_defect(strays(network, peering), Defect.OUTSIDE)
        for stray in found:
            yield _finding(network, peering, stray)
        if doubt is not None:
            destination = "its destination" if doubt.prefix is None else str(doubt.prefix)
            route = network.seen_from(doubt.route.origin, peering.origin.stack)
            question = f"whether {destination}, which {route.name} routes over {peering.origin.name}, lies in the peer"
            at = written_at(doubt.route.origin, *DESTINATION)
            yield Undecided(
                question, doubt.reason, at, (route.address, *addresses(network, peering)), stack=peering.origin.stack
            )


def _finding(network: Network, peering: Peering, stray: Stray) -> Finding:
    route = network.seen_from(stray.route.origin, peering.origin.stack)
    ends = vpcs(network, peering) if stray.far is None else (stray.far,)
    blocks = " nor ".join(f"{vpc.origin.name} ({block_names(network, vpc)})" for vpc in ends)
    peer = f"neither {blocks} has" if stray.far is None else f"{blocks} does not have"
    near = "" if stray.near is None else f" from {stray.near.origin.name}"
    sent = f"{route.name} sends {stray.destination}{near} over {peering.origin.name}"
    notes = [note for vpc in ends for note in _blocks(network, vpc)]
    if stray.by is not None:
        notes.append(Note(f"{stray.by.origin.name} leads to that destination", stray.by.origin.span))
    return Finding(
        f"{sent}, which {peer}: the packets are dropped",
        written_at(route, *DESTINATION),
        (route.address, *addresses(network, peering)),
        (*whence(stray.prefix.cidr, written_at(route, *DESTINATION)), *notes),
        _remedy(network, stray),
        stack=peering.origin.stack,
    )


def _blocks(network: Network, vpc: Vpc) -> Iterator[Note]:
    yield Note(f"{vpc.origin.name} has {block_names(network, vpc)}", vpc.origin.span)
    for block in network.vpcs.blocks(vpc).items[:SHOWN]:
        yield from whence(block.cidr, block.at)


def _remedy(network: Network, stray: Stray) -> str:
    if stray.third is None or stray.far is None or stray.near is None:
        owned = "" if stray.far is None else f" ({block_names(network, stray.far)})"
        return (
            f"correct the destination to a block of the peer{owned}, or the target to the connection that leads there"
        )
    third = stray.third.origin.name
    if stray.by is not None:
        return f"{stray.prefix} belongs to {third}: use {stray.by.origin.name} as the target"
    if stray.third is stray.near:
        return f"{stray.prefix} is the route's own VPC: use the peer's {block_names(network, stray.far)} in its place"
    return f"{stray.prefix} belongs to {third}, which no connection in the input joins with {stray.near.origin.name}"
