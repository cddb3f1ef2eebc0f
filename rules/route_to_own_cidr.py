"""A route sends a VPC's own addresses into a peering.

## Why

Every route table has a local route for each block of its VPC, and AWS takes no route over a peering that is equal to
one of them or more specific: creating it fails. Nearly always the two sides were swapped, and each was given its own
block in place of the other's. An entry of a prefix list that lies in the table's own VPC is not refused but ignored,
so that the route does less than it says. Nor can a route lead into the ranges of AWS's own services, 169.254.168.0/22
and fd00:ec2::/32.

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
  destination_cidr_block    = aws_vpc.shop.cidr_block
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
      DestinationCidrBlock: !GetAtt Shop.CidrBlock
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
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Use the block of the peer as the destination. Take the VPC's own block out of the prefix list; where one list is meant
for the tables of many VPCs, suppress the warning there.

## Undecided when

The destination is written out, and a block of the table's own VPC has no value or is added by a resource that may not
exist. A destination that is the VPC's own unknown block, or that of one of its subnets, lies in it.

## See also

- [Subnet route tables](https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html)
- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [Prefix lists](https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import block_names, connection_of, destination_of
from peerlint.network.routing.misroutes import Fault, Misroute, far_of, misroutes
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Maybe, Span
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL210", "route-to-own-cidr", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route over a peering to addresses of the table's own VPC."""
    for wrong in misroutes(network):
        if wrong.fault is not Fault.OWN:
            continue
        if isinstance(wrong.truth, Maybe):
            yield _question(network, wrong, wrong.truth.reason)
        else:
            yield _finding(network, wrong)


def _question(network: Network, wrong: Misroute, reason: str) -> Undecided:
    route = wrong.route.origin
    sent = f"{wrong.inside[0]}, which {route.address} routes over {connection_of(network, wrong.route)}"
    where = "the table's own VPC" if wrong.reserved is None else f"{wrong.reserved}, a range of AWS's own services"
    at = written_at(route, *DESTINATION)
    return Undecided(f"whether {sent}, lies in {where}", reason, at, wrong.addresses, stack=route.stack)


def _finding(network: Network, wrong: Misroute) -> Finding:
    route = wrong.route.origin
    at = written_at(route, *DESTINATION)
    sent = f"{route.address} sends {destination_of(wrong.route)}"
    inside = f", whose entry {', '.join(map(str, wrong.inside))}" if wrong.ignored else ", which"
    ending = "ignores the entry" if wrong.ignored else "refuses the route"
    if wrong.reserved is not None:
        where = f"lies in {wrong.reserved}, a range of AWS's own services"
    else:
        where = f"lies in the table's own VPC {_own(network, wrong)}"
    return Finding(
        f"{sent}{inside} {where}, over {connection_of(network, wrong.route)}: AWS {ending}",
        at,
        wrong.addresses,
        tuple(_notes(network, wrong, at)),
        _remedy(network, wrong),
        Severity.WARNING if wrong.ignored else None,
        stack=route.stack,
    )


def _own(network: Network, wrong: Misroute) -> str:
    if wrong.near is None:
        return "a VPC"
    return f"{network.seen_from(wrong.near.origin, wrong.route.origin.stack).name} ({block_names(network, wrong.near)})"


def _notes(network: Network, wrong: Misroute, at: Span) -> Iterator[Note]:
    for prefix in wrong.inside:
        if prefix.entry is None:
            yield from whence(prefix.cidr, at)
        else:
            yield Note(f"{prefix} is an entry of the prefix list", prefix.entry.origin.span)
    if wrong.near is not None and wrong.reserved is None:
        yield Note(f"{wrong.near.origin.name} has {block_names(network, wrong.near)}", wrong.near.origin.span)


def _remedy(network: Network, wrong: Misroute) -> str:
    if wrong.ignored:
        return "take the entry out of the prefix list, or route the peer's blocks one by one"
    far = far_of(network, wrong)
    if far is None:
        return "use a block of the peer as the destination"
    name = network.seen_from(far.origin, wrong.route.origin.stack).name
    swapped = "" if wrong.reserved is not None else ": the two sides may be swapped"
    return f"use a block of {name} ({block_names(network, far)}) as the destination{swapped}"
