"""A part of what a peering is routed for has no way back.

## Why

Each subnet sends by its own route table, and answers only where that table leads back. A subnet that the other side
has a route into and whose own table has none gets every request and answers none: connections hang until they time
out. The same happens the other way round to a block of addresses, often a secondary one, whose subnets send over the
peering while the other side's routes lead back to other blocks only.

Routing some subnets of a VPC and not others is a design that AWS supports. So where the other side routes to a whole
VPC and some of its subnets have no way back, as public ones often have none, this is a note; so it is where a block is
in the ranges of `ignored-ranges`, and where subnets send that the other side's routes leave out while they lead to
others of the same block.

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

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.1.0/24"
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_route_table" "store" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "store" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.2.0/24"
}

resource "aws_route_table_association" "store" {
  subnet_id      = aws_subnet.store.id
  route_table_id = aws_route_table.store.id
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_app" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = "10.61.1.0/24"
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "web_to_store" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = "10.61.2.0/24"
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "app_to_web" {
  route_table_id            = aws_route_table.app.id
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
  AppTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  AppSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.1.0/24
  AppSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref AppSubnet
      RouteTableId: !Ref AppTable
  StoreTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  StoreSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.2.0/24
  StoreSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref StoreSubnet
      RouteTableId: !Ref StoreTable
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToApp:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: 10.61.1.0/24
      VpcPeeringConnectionId: !Ref WebDb
  WebToStore:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: 10.61.2.0/24
      VpcPeeringConnectionId: !Ref WebDb
  AppToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AppTable
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

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "app" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.1.0/24"
}

resource "aws_route_table_association" "app" {
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_route_table" "store" {
  vpc_id = aws_vpc.db.id
}

resource "aws_subnet" "store" {
  vpc_id     = aws_vpc.db.id
  cidr_block = "10.61.2.0/24"
}

resource "aws_route_table_association" "store" {
  subnet_id      = aws_subnet.store.id
  route_table_id = aws_route_table.store.id
}

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
}

resource "aws_route" "web_to_app" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = "10.61.1.0/24"
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "web_to_store" {
  route_table_id            = aws_route_table.web.id
  destination_cidr_block    = "10.61.2.0/24"
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "app_to_web" {
  route_table_id            = aws_route_table.app.id
  destination_cidr_block    = aws_vpc.web.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.web_db.id
}

resource "aws_route" "store_to_web" {
  route_table_id            = aws_route_table.store.id
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
  AppTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  AppSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.1.0/24
  AppSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref AppSubnet
      RouteTableId: !Ref AppTable
  StoreTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
  StoreSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Db
      CidrBlock: 10.61.2.0/24
  StoreSubnetTable:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref StoreSubnet
      RouteTableId: !Ref StoreTable
  WebDb:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Web
      PeerVpcId: !Ref Db
  WebToApp:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: 10.61.1.0/24
      VpcPeeringConnectionId: !Ref WebDb
  WebToStore:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref WebTable
      DestinationCidrBlock: 10.61.2.0/24
      VpcPeeringConnectionId: !Ref WebDb
  AppToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AppTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
  StoreToWeb:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref StoreTable
      DestinationCidrBlock: !GetAtt Web.CidrBlock
      VpcPeeringConnectionId: !Ref WebDb
```

## Fix

Add a route to the sender's block over the connection to the table of the subnet that is named, or associate the
subnet with a table that has it. For a block that is left out add a route to it on the other side; for subnets that are
not meant to send, take the route over the connection out of their table.

## Undecided when

The side has a way back for some subnets, and of another one that is routed to it is not told which table it uses (its
association may not exist, the main route table of a template's VPC), or what is in that table: routes may be declared
elsewhere, have a destination or target that is not told, or lead back through a transit gateway or an appliance. A
subnet whose table leads to the other side through another target, such as a NAT gateway, is not reported. Of sides
without any way back `missing-reciprocal-route` speaks, of those whose way back no subnet uses `ineffective-peer-route`.

## See also

- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [VPC peering configurations with specific routes](https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html)
- [Subnet route tables](https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from peerlint.network.blocks import cidr_of
from peerlint.network.filtering.vicinity import shortened
from peerlint.network.model import Peering, RouteTable, Subnet, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, stated_at
from peerlint.network.routing.destinations import block_names, name_of, prefixes, shares
from peerlint.network.routing.effective import effective_table, named_table
from peerlint.network.routing.returns import Lack, Partial, partials
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL202", "partial-reciprocal-route", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """At most one finding for each side of a peering."""
    for peering in network.peerings.judged:
        doubt = peering.origin.presence.doubt
        for item in partials(network, peering):
            if isinstance(item, Maybe):
                yield _question(network, peering, item.reason)
            elif doubt is not None:
                yield _question(network, peering, doubt)
            else:
                yield _finding(network, peering, item)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    question = f"whether every subnet that {peering.origin.name} is routed for has a way back"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, item: Partial) -> Finding:
    silent, other = item.silent.vpc, item.other.vpc
    match item.lack:
        case Lack.TARGET | Lack.SUBNET:
            message, remedy, severity = _of_subnets(network, peering, item)
        case Lack.BLOCK | Lack.IGNORED | Lack.SENDER:
            message, remedy, severity = _of_senders(network, peering, item)
        case _:
            assert_never(item.lack)
    return Finding(
        message,
        stated_at(network, peering),
        (peering.origin.address, other.origin.address, silent.origin.address),
        tuple(_notes(network, item)),
        remedy,
        severity,
        stack=peering.origin.stack,
    )


def _of_subnets(network: Network, peering: Peering, item: Partial) -> tuple[str, str, Severity]:
    """Subnets of the silent side that the other side routes to."""
    silent, other, over = item.silent.vpc, item.other.vpc, peering.origin.name
    names, tables = shortened(s.origin.name for s in item.subnets), _tables(network, item.tables)
    back = f"{_family(item)}route back to {block_names(network, other, item.versions)} over it"
    sent = ", ".join(_sent(network, item, silent))
    add = f"add a route to {block_names(network, other, item.versions)} over this connection to {tables}"
    many = len(item.subnets) > 1
    if item.lack is Lack.TARGET:
        message = (
            f"{other.origin.name} routes {sent} over {over} to {silent.origin.name}, into {names}, which "
            f"{'use' if many else 'uses'} {tables} and {'have' if many else 'has'} no {back}: answers are dropped, "
            "and no connection can be made"
        )
        return message, add, Severity.WARNING
    message = (
        f"{other.origin.name} routes {sent} over {over} to {silent.origin.name}, where {names} "
        f"{'use' if many else 'uses'} {tables} and {'have' if many else 'has'} no {back}, as other subnets have: "
        f"nothing there can be reached from {other.origin.name}"
    )
    apart = f"leave it so if {'these subnets are' if many else 'it is'} meant to be apart"
    return message, f"{add}, or {apart}", Severity.NOTE


def _of_senders(network: Network, peering: Peering, item: Partial) -> tuple[str, str, Severity]:
    """Subnets of the other side that get no answer."""
    silent, other, over = item.silent.vpc, item.other.vpc, peering.origin.name
    names = shortened(s.origin.name for s in item.subnets)
    blocks = shortened(name_of(cidr_of(other, placed.block)) for placed in item.blocks)
    sends = "send" if len(item.subnets) > 1 else "sends"
    part = f"{silent.origin.name}, whose {_family(item)}routes over it lead back to {item.served}"
    tables = f"the route tables of the subnets of {silent.origin.name}"
    if item.lack is Lack.SENDER:
        message = (
            f"{names} of {other.origin.name} {sends} over {over} to {part} only: answers are dropped, and no "
            "connection can be made from there"
        )
        cidrs = (b.cidr for subnet in item.subnets for b in subnet.blocks if b.version in item.versions)
        own = shortened(name_of(cidr) for cidr in cidrs)
        remedy = f"add a route to {own} over this connection to {tables}, or take it from those of {names}"
        return message, remedy, Severity.NOTE
    message = (
        f"{names} of {other.origin.name}, in {blocks}, {sends} over {over} to "
        f"{part} but to nothing of {blocks}: answers are dropped, and no connection can be made from there"
    )
    remedy = f"add a route to {blocks} over this connection to {tables}"
    if item.lack is Lack.BLOCK:
        return message, remedy, Severity.WARNING
    return message, f"{remedy}, or leave it so if these addresses are translated on their way", Severity.NOTE


def _family(item: Partial) -> str:
    return "" if 4 in item.versions else "IPv6 "


def _tables(network: Network, tables: tuple[RouteTable, ...]) -> str:
    return shortened(named_table(network, table) for table in tables)


def _sent(network: Network, item: Partial, silent: Vpc) -> list[str]:
    """The destinations by which the other side reaches the silent one."""
    found = (p for route in item.routes for p in prefixes(network, route) if p.version in (None, *item.versions))
    return list(dict.fromkeys(str(p) for p in found if shares(network, p, silent) is True))[:SHOWN]


def _notes(network: Network, item: Partial) -> Iterator[Note]:
    """The routes there are, one subnet for each place, and the blocks that get no answer."""
    leads = item.lack in (Lack.TARGET, Lack.SUBNET)
    name = (item.other if leads else item.silent).vpc.origin.name
    routes = {route.origin.span: f"{name} {'sends from' if leads else 'routes back'} here" for route in item.routes}
    subnets = {subnet.origin.span: _used(network, subnet) for subnet in reversed(item.subnets)}
    blocks = {
        placed.block.at: f"{name_of(placed.block.cidr)} of {item.other.vpc.origin.name} is added here"
        for placed in ([] if leads else item.blocks)
    }
    for found in (routes, dict(reversed(subnets.items())), blocks):
        yield from (Note(text, at) for at, text in list(found.items())[:SHOWN])


def _used(network: Network, subnet: Subnet) -> str:
    table = effective_table(network, subnet)
    shown = "" if isinstance(table, Maybe) else f", which uses {named_table(network, table)}"
    return f"{subnet.origin.name}{shown}"
