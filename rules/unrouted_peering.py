"""No route on either side uses a peering.

## Why

A connection carries nothing by itself: each side needs a route with the connection as its target. Without any the
plan is clean, the connection is `active`, and packets to the other VPC go to the internet gateway or nowhere.

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

resource "aws_vpc_peering_connection" "web_db" {
  vpc_id      = aws_vpc.web.id
  peer_vpc_id = aws_vpc.db.id
  auto_accept = true
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

Add routes to the other side's blocks to the route tables of the subnets concerned, on both sides, or remove the
connection.

## Undecided when

The route tables of a side may be declared elsewhere: a VPC of another state, account or Region, a module that was not
read, an exported route table. Routes over the connection that are wrong in themselves, or in a table that no subnet
uses, are other rules' matter. A name that the code does not declare is nobody's VPC: nothing else routes for it.

## See also

- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
- [Troubleshoot a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/troubleshoot-vpc-peering-connections.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, stated_at, vpcs
from peerlint.network.routing.destinations import block_names
from peerlint.network.routing.unrouted import unrouted
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL203", "unrouted-peering", Severity.WARNING, fix=Fix.NONE)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each peering that nothing is routed over."""
    for peering in network.peerings.declared:
        answer = unrouted(network, peering)
        doubt = peering.origin.presence.doubt
        if isinstance(answer, Maybe):
            yield _question(network, peering, answer.reason)
        elif answer and doubt is not None:
            yield _question(network, peering, doubt)
        elif answer:
            yield _finding(network, peering)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    names = " or ".join(vpc.origin.name for vpc in vpcs(network, peering))
    question = f"whether {names} routes anything over {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering) -> Finding:
    one, other = vpcs(network, peering)
    return Finding(
        f"no route of {one.origin.name} or {other.origin.name} uses {peering.origin.name}: "
        "no packet takes the connection",
        stated_at(network, peering),
        addresses(network, peering),
        tuple(
            Note(f"no route table of {vpc.origin.name} has a route over it", vpc.origin.span) for vpc in (one, other)
        ),
        f"add a route to {block_names(network, other)} over this connection to the route tables of {one.origin.name} "
        f"and one to {block_names(network, one)} to those of {other.origin.name}, or remove the connection",
        stack=peering.origin.stack,
    )
