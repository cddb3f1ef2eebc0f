"""The routes of a side over a peering are in tables that no subnet uses.

## Why

A subnet sends by the one table that it is associated with, and by the main one of its VPC where it is associated with
none. A route in any other table does nothing. It is there on the console, under the VPC's route tables, and no packet
ever meets it. This comes of a table that was made and never associated, of a copied association that names the wrong
table, and of a route in the main table of a VPC all of whose subnets have tables of their own.

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

resource "aws_route_table" "peering" {
  vpc_id = aws_vpc.db.id
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
  route_table_id            = aws_route_table.peering.id
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
  PeeringTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Db
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
      RouteTableId: !Ref PeeringTable
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

## Fix

Add the route to the tables that the subnets use, or associate the subnets with the table that has it.

CloudFormation has no reference to the main route table of a VPC: a subnet that is to use a route needs an association
with an `AWS::EC2::RouteTable`.

## Undecided when

Subnets or associations may be declared elsewhere, an association may not exist or names a table or subnet that is not
told, or a subnet of a template's VPC has no association: it uses the main route table, and any of the tables may have
been made that one. Nothing is asked where the input has no subnets of the VPC. A spare table beside others that are
used and have the route is no finding.

## See also

- [Subnet route tables](https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html)
- [aws_main_route_table_association](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/main_route_table_association)
- [AWS::EC2::SubnetRouteTableAssociation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetroutetableassociation.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import shortened
from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses
from peerlint.network.routing.effective import effective_table, named_table
from peerlint.network.routing.ineffective import Ineffective, ineffective
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL204", "ineffective-peer-route", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each side of a peering that routes over it in vain."""
    for peering in network.peerings.judged:
        doubt = peering.origin.presence.doubt
        for item in ineffective(network, peering):
            if isinstance(item, Maybe):
                yield _question(network, peering, item.reason)
            elif doubt is not None:
                yield _question(network, peering, doubt)
            else:
                yield _finding(network, peering, item)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    question = f"whether any subnet uses the routes over {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, item: Ineffective) -> Finding:
    near, far = item.near.vpc.origin.name, item.far.vpc.origin.name
    first, used = item.routes[0], _used(network, item)
    unused = shortened(named_table(network, table) for table in item.tables)
    return Finding(
        f"{near} routes to {far} over {peering.origin.name} only in {unused}, which no subnet of {near} uses: they use "
        f"{used}, and nothing is sent over the connection",
        first.origin.span,
        (peering.origin.address, first.origin.address, item.near.vpc.origin.address),
        tuple(_notes(peering, item)),
        f"add the route to {used}, or associate the subnets that are to reach {far} with {unused}",
        stack=first.origin.stack,
    )


def _notes(peering: Peering, item: Ineffective) -> Iterator[Note]:
    near, far = item.near.vpc.origin.name, item.far.vpc.origin.name
    at = item.routes[0].origin.span
    routes = dict.fromkeys(route.origin.span for route in item.routes if route.origin.span != at)
    tables = dict.fromkeys(table.origin.span for table in item.tables)
    yield from (Note(f"this route to {far} is in vain as well", span) for span in list(routes)[:SHOWN])
    yield from (Note(f"no subnet of {near} uses this table", span) for span in list(tables)[:SHOWN])
    yield Note(f"the connection to {far}", peering.origin.span)


def _used(network: Network, item: Ineffective) -> str:
    """The tables that the subnets of the side use."""
    found = (effective_table(network, subnet) for subnet in network.subnets.of(item.near.vpc))
    names = [named_table(network, table) for table in found if not isinstance(table, Maybe)]
    return shortened(names) if names else "other tables"
