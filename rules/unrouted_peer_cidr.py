"""A block of the peer's addresses is not routed, though its primary one is.

## Why

A VPC can have secondary blocks and IPv6 blocks, and a route covers none that it does not name. When a block is added
to a VPC, the routes of its peers stay as they are: what gets an address there can neither be reached from them nor
reach them. IPv6 is never routed along with IPv4.

## Bad

```hcl
resource "aws_vpc" "web" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_route_table" "web" {
  vpc_id = aws_vpc.web.id
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.web.id
  cidr_block = "10.60.1.0/24"
}

resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}

resource "aws_vpc" "db" {
  cidr_block = "10.61.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.62.0.0/16"
}

resource "aws_route_table" "db" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "db" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.1.0/24"
}

resource "aws_route_table_association" "db" {
  subnet_id      = aws_subnet.db.id
  route_table_id = aws_route_table.db.id
}

resource "aws_subnet" "more" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.62.1.0/24"
}

resource "aws_route_table" "more" {
  vpc_id = aws_vpc.db.id
}

resource "aws_route_table_association" "more" {
  subnet_id      = aws_subnet.more.id
  route_table_id = aws_route_table.more.id
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_db" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = aws_vpc.db.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "db_to_web" {
  route_table_id            = aws_route_table.db.id
  destination_cidr_block    = aws_vpc.web.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}
```

```yaml
Resources:
  Web:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  WebTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Web
  WebSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Web
      CidrBlock: 10.60.1.0/24
  WebSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref WebSubnet
      RouteTableId: !Ref WebTable
  Db:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  MoreBlock:
    Type: AWS::EC2::VPCCidrBlock
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.62.0.0/16
  DbTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  DbSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.1.0/24
  DbSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref DbSubnet
      RouteTableId: !Ref DbTable
  MoreSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.62.1.0/24
  MoreTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  MoreSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref MoreSubnet
      RouteTableId: !Ref MoreTable
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToDb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: !GetAtt Db.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
  DbToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref DbTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
```

## Good

```hcl
resource "aws_vpc" "web" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_route_table" "web" {
  vpc_id = aws_vpc.web.id
}

resource "aws_subnet" "web" {
  vpc_id     = aws_vpc.web.id
  cidr_block = "10.60.1.0/24"
}

resource "aws_route_table_association" "web" {
  subnet_id      = aws_subnet.web.id
  route_table_id = aws_route_table.web.id
}

resource "aws_vpc" "db" {
  cidr_block = "10.61.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.62.0.0/16"
}

resource "aws_route_table" "db" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "db" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.1.0/24"
}

resource "aws_route_table_association" "db" {
  subnet_id      = aws_subnet.db.id
  route_table_id = aws_route_table.db.id
}

resource "aws_subnet" "more" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.62.1.0/24"
}

resource "aws_route_table" "more" {
  vpc_id = aws_vpc.db.id
}

resource "aws_route_table_association" "more" {
  subnet_id      = aws_subnet.more.id
  route_table_id = aws_route_table.more.id
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_db" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = aws_vpc.db.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "web_to_more" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = "10.62.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "db_to_web" {
  route_table_id            = aws_route_table.db.id
  destination_cidr_block    = aws_vpc.web.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "more_to_web" {
  route_table_id            = aws_route_table.more.id
  destination_cidr_block    = aws_vpc.web.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}
```

```yaml
Resources:
  Web:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  WebTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Web
  WebSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Web
      CidrBlock: 10.60.1.0/24
  WebSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref WebSubnet
      RouteTableId: !Ref WebTable
  Db:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.61.0.0/16
  MoreBlock:
    Type: AWS::EC2::VPCCidrBlock
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.62.0.0/16
  DbTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  DbSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.1.0/24
  DbSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref DbSubnet
      RouteTableId: !Ref DbTable
  MoreSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.62.1.0/24
  MoreTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  MoreSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref MoreSubnet
      RouteTableId: !Ref MoreTable
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToDb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: !GetAtt Db.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
  WebToMore:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: 10.62.0.0/16
      VpcPeeringConnectionId: !Ref WebDb
  DbToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref DbTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
  MoreToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref MoreTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
```

## Fix

Add routes to the block over the connection, on the side that is named. Blocks that are left out on purpose, as those of
pods often are, belong in `ignored-ranges` of the configuration; 100.64.0.0/10 is there by default.

## Undecided when

A route of that side has a destination that is not told and may be the block, leads to the peer through another target
as well, or may be declared elsewhere; or it is not told whether the block is in the ranges that are left out. Blocks in
which no subnet lies are not reported, nor is IPv6 that only one of the two VPCs has. Where IPv6 is routed one way it is
`missing-reciprocal-route` that speaks, and `partial-reciprocal-route` where the block's own subnets send.

## See also

- [VPC peering basics](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [VPC CIDR blocks](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peerlint.network.blocks import cidr_of
from peerlint.network.filtering.vicinity import shortened
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import BlockKind, Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, stated_at
from peerlint.network.routing.destinations import name_of, prefixes, shares
from peerlint.network.routing.unrouted import Unrouted, unrouted_blocks
from peerlint.network.values import Maybe, Unknown
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL205", "unrouted-peer-cidr", Severity.NOTE, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each side of a peering that routes a part of the other one only, and one for IPv6."""
    for peering in network.peerings.declared:
        doubt = peering.origin.presence.doubt
        for item in unrouted_blocks(network, peering):
            if isinstance(item, Maybe):
                yield _question(network, peering, item.reason)
            elif doubt is not None:
                yield _question(network, peering, doubt)
            else:
                yield _finding(network, peering, item)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    question = f"whether every address block is routed over {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, item: Unrouted) -> Finding:
    sender, far = item.sender.vpc, item.far.vpc
    message, remedy = _mutual(peering, item) if item.mutual else _one_sided(network, peering, item)
    notes = [Note(f"{_named(far, [placed])} is added here", placed.block.at) for placed in item.blocks[:SHOWN]]
    notes += [Note("what is routed over the connection", route.origin.span) for route in item.routes[:SHOWN]]
    return Finding(
        message,
        stated_at(network, peering),
        (peering.origin.address,)
        if item.mutual
        else (peering.origin.address, sender.origin.address, far.origin.address),
        tuple(notes),
        remedy,
        stack=peering.origin.stack,
    )


def _one_sided(network: Network, peering: Peering, item: Unrouted) -> tuple[str, str]:
    sender, far, missed = item.sender.vpc, item.far.vpc, _named(item.far.vpc, item.blocks)
    found = (p for route in item.routes for p in prefixes(network, route))
    sent = shortened(str(p) for p in found if shares(network, p, far) is True)
    return (
        f"{sender.origin.name} routes {sent} over {peering.origin.name} to {far.origin.name}, but nothing to {missed} "
        "of it: what has addresses there cannot be reached",
        f"add a route to {missed} over this connection to the route tables of the subnets of {sender.origin.name}, or "
        "list the range under `ignored-ranges` of the configuration if it is left out on purpose",
    )


def _mutual(peering: Peering, item: Unrouted) -> tuple[str, str]:
    one, other = item.sender.vpc.origin.name, item.far.vpc.origin.name
    return (
        f"{one} and {other} both have IPv6 addresses, but only IPv4 is routed over {peering.origin.name}: "
        "IPv6 packets do not take the connection",
        f"add routes to the IPv6 blocks of {one} and {other} over this connection to the route tables of each other's "
        "subnets, or leave it so if IPv4 is enough",
    )


def _named(vpc: Vpc, blocks: Iterable[PlacedBlock]) -> str:
    return shortened(_name(vpc, placed) for placed in blocks)


def _name(vpc: Vpc, placed: PlacedBlock) -> str:
    cidr = cidr_of(vpc, placed.block)
    if placed.block.kind is BlockKind.AMAZON and isinstance(cidr, Unknown):
        return "the IPv6 block from Amazon"
    return name_of(cidr)
