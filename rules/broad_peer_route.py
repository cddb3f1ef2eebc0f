"""A route over a peering is wider than the peer.

## Why

A route to 10.0.0.0/8 over a peering sends everything in it to one VPC, which drops what is not its own: addresses
that a VPN, a transit gateway or another peer is to serve later get lost there without an error, and whatever block is
added to the peer afterwards is within reach at once. The CIS benchmark asks for routes over a peering that are no
wider than needed.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
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
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.0.0.0/8"
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
      DestinationCidrBlock: 10.0.0.0/8
      VpcPeeringConnectionId: !Ref ShopStock
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
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
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.71.0.0/16"
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
      DestinationCidrBlock: 10.71.0.0/16
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Route the peer's blocks one by one. One route for several blocks of the peer that together are exactly its destination
is fine, and so is what lies in the route's own VPC, where the local routes are more specific.

## Undecided when

The peer may have as many blocks that were not read as would fill the destination, or nothing tells whose the route's
table is.

## See also

- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [CIS Amazon Web Services Foundations Benchmark: routing tables for VPC peering are least access](https://www.cisecurity.org/benchmark/amazon_web_services)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, written_at
from peerlint.network.routing.breadth import Broad, broad_routes
from peerlint.network.routing.destinations import block_names, destination_of
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL209", "broad-peer-route", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route whose destination strictly contains the peer; one question for each peering."""
    for peering in network.peerings.judged:
        found = list(broad_routes(network, peering))
        for broad in found:
            if broad.truth is True and broad.near is not None and broad.far is not None:
                yield _finding(network, peering, broad, broad.near, broad.far)
        for broad in [broad for broad in found if isinstance(broad.truth, Maybe)][:1]:
            yield _question(network, peering, broad)


def _question(network: Network, peering: Peering, broad: Broad) -> Undecided:
    route = network.seen_from(broad.route.origin, peering.origin.stack)
    peer = "the peer" if broad.far is None else broad.far.origin.name
    question = f"whether {broad.wide[0]}, which {route.name} routes over {peering.origin.name}, is more than {peer} has"
    reason = broad.truth.reason if isinstance(broad.truth, Maybe) else ""
    at = written_at(broad.route.origin, *DESTINATION)
    return Undecided(question, reason, at, (route.address, *addresses(network, peering)), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, broad: Broad, near: Vpc, far: Vpc) -> Finding:
    route = network.seen_from(broad.route.origin, peering.origin.stack)
    at = written_at(route, *DESTINATION)
    entries = [prefix for prefix in broad.wide if prefix.entry is not None]
    listed = f" with {', '.join(map(str, entries))}" if entries else ""
    blocks = block_names(network, far, tuple({prefix.version or 4 for prefix in broad.wide}))
    notes = [Note(f"{far.origin.name} has {blocks}", far.origin.span)]
    notes += [Note(f"{p} is an entry of the prefix list", p.entry.origin.span) for p in entries if p.entry is not None]
    where = () if entries else whence(broad.wide[0].cidr, at)
    sent = f"{route.name} sends {destination_of(broad.route)}{listed} from {near.origin.name}"
    return Finding(
        f"{sent} over {peering.origin.name} to {far.origin.name}, which has only {blocks}: the rest is sent there as "
        "well, and dropped",
        at,
        (route.address, *addresses(network, peering)),
        (*where, *notes),
        f"route the blocks of {far.origin.name} one by one ({blocks})",
        stack=peering.origin.stack,
    )
