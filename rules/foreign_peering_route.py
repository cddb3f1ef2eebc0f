"""A route over a peering stands in a table of a third VPC.

## Why

A route over a peering can only be created in the tables of the two VPCs that the connection joins. In the table of
any other VPC AWS refuses it: the route table and the connection "belong to different networks". Either the table or
the connection was mistaken for another one.

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

resource "aws_vpc" "audit" {
  cidr_block = "10.72.0.0/16"
}

resource "aws_route_table" "audit" {
  vpc_id = aws_vpc.audit.id
}

resource "aws_route" "to_stock" {
  route_table_id            = aws_route_table.audit.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
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
  Audit:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.72.0.0/16
  AuditTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Audit
  ToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AuditTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
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

resource "aws_vpc" "audit" {
  cidr_block = "10.72.0.0/16"
}

resource "aws_route_table" "audit" {
  vpc_id = aws_vpc.audit.id
}

resource "aws_vpc_peering_connection" "audit_stock" {
  vpc_id      = aws_vpc.audit.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "to_stock" {
  route_table_id            = aws_route_table.audit.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.audit_stock.id
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
  Audit:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.72.0.0/16
  AuditTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Audit
  AuditStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Audit
      PeerVpcId: !Ref Stock
  ToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AuditTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref AuditStock
```

## Fix

Name the connection that ends in the table's VPC, or put the route into a table of one of the two VPCs. Peering is not
transitive: a third VPC needs a connection of its own, or a transit gateway.

## Undecided when

The VPC of the table and the VPCs of the connection are told, but by ids that may be the same: two parameters, a
literal id and a resource; or the connection is only an id or a parameter, so that nothing tells which VPCs it joins.

## See also

- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [How VPC peering connections work](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import connection_of, destination_of, leads_to
from peerlint.network.routing.misdirected import rightful
from peerlint.network.routing.misroutes import TABLE, Fault, Misroute, misroutes
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL212", "foreign-peering-route", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route in a table of a VPC that the connection does not end in."""
    doubts: dict[object, list[Misroute]] = defaultdict(list)
    for wrong in misroutes(network):
        if wrong.fault is not Fault.FOREIGN or wrong.near is None:
            continue
        if wrong.peering is not None and wrong.truth is True:
            yield _finding(network, wrong, wrong.peering, wrong.near)
        else:
            doubts[wrong.route.origin.stack, wrong.near.id].append(wrong)
    for each in doubts.values():
        yield _question(network, each)


def _names(network: Network, wrong: Misroute, peering: Peering) -> tuple[str, str, str]:
    """The connection and its two VPCs, as the stack of the route calls them."""
    stack = wrong.route.origin.stack
    one, other = (network.seen_from(end.vpc.origin, stack).name for end in network.peerings.ends(peering))
    return network.seen_from(peering.origin, stack).name, one, other


def _question(network: Network, doubts: list[Misroute]) -> Undecided:
    """One question for all connections over which the tables of a VPC route."""
    first, route = doubts[0], doubts[0].route.origin
    over = connection_of(network, first.route)
    more = len(dict.fromkeys(connection_of(network, wrong.route) for wrong in doubts)) - 1
    sent = f"{over}, over which {route.address} routes" if not more else f"{over} and {more} more, over which it routes"
    own = "the VPC of its table" if first.near is None else network.seen_from(first.near.origin, route.stack).name
    reason = first.truth.reason if isinstance(first.truth, Maybe) else ""
    question = f"whether {own} is an end of {sent}"
    return Undecided(question, reason, written_at(route, *TABLE), first.addresses, stack=route.stack)


def _finding(network: Network, wrong: Misroute, peering: Peering, near: Vpc) -> Finding:
    route = wrong.route.origin
    over, one, other = _names(network, wrong, peering)
    own = network.seen_from(near.origin, route.stack).name
    table = network.tables.by_id(wrong.route.table)
    notes = [Note(f"{over} joins {one} and {other}", peering.origin.span)]
    if table is not None:
        notes.append(Note(f"{table.origin.name} is a route table of {own}", table.origin.at("vpc_id")))
    return Finding(
        f"{route.address} sends {destination_of(wrong.route)} from {own} over {over}, which joins {one} and {other} "
        f"and not {own}: AWS refuses the route",
        written_at(route, *TABLE),
        wrong.addresses,
        tuple(notes),
        _remedy(network, wrong, peering, near),
        stack=route.stack,
    )


def _remedy(network: Network, wrong: Misroute, peering: Peering, near: Vpc) -> str:
    stack = wrong.route.origin.stack
    own = network.seen_from(near.origin, stack).name
    better = rightful(network, wrong.route, near)
    if better is not None:
        name = network.seen_from(better.origin, stack).name
        return f"use {name} as the target, which joins {own} with that destination"
    ends = network.peerings.ends(peering)
    towards = [end for end in ends if leads_to(network, wrong.route, end.vpc, wrong.version) is True]
    if len(towards) == 1:
        sender = network.peerings.end(peering, towards[0].side.other).vpc
        near_end, far_end = (network.seen_from(vpc.origin, stack).name for vpc in (sender, towards[0].vpc))
        return f"put the route into a route table of {near_end}, or join {own} and {far_end} by another one"
    _, one, other = _names(network, wrong, peering)
    return f"put the route into a route table of {one} or {other}, or use a connection of the table's own VPC"
