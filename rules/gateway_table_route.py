"""A route over a peering stands in the route table of a gateway.

## Why

A route table that is associated with an internet gateway or a virtual private gateway steers what enters the VPC by
it. It can lead to network interfaces and Gateway Load Balancer endpoints of the VPC only, and to nothing outside of
the VPC's own blocks. AWS refuses a route over a peering in such a table, or the association of a table that has one.

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

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "ingress" {
  gateway_id     = aws_internet_gateway.shop.id
  route_table_id = aws_route_table.shop.id
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
  ShopGateway:
    Type: AWS::EC2::InternetGateway
  ShopGatewayAttachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties:
      VpcId: !Ref Shop
      InternetGatewayId: !Ref ShopGateway
  Ingress:
    Type: AWS::EC2::GatewayRouteTableAssociation
    Properties:
      GatewayId: !Ref ShopGateway
      RouteTableId: !Ref ShopTable
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
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

resource "aws_route_table" "ingress" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "ingress" {
  gateway_id     = aws_internet_gateway.shop.id
  route_table_id = aws_route_table.ingress.id
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
  IngressTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  ShopGateway:
    Type: AWS::EC2::InternetGateway
  ShopGatewayAttachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties:
      VpcId: !Ref Shop
      InternetGatewayId: !Ref ShopGateway
  Ingress:
    Type: AWS::EC2::GatewayRouteTableAssociation
    Properties:
      GatewayId: !Ref ShopGateway
      RouteTableId: !Ref IngressTable
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Move the route to the tables of the subnets that send to the peer, and give the gateway a table of its own.

## Undecided when

The association of the table with the gateway, or the route, may not exist.

## See also

- [Gateway route tables](https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html)
- [Update your route tables for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import GatewayAssociation
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import connection_of, destination_of, name_of
from peerlint.network.routing.misroutes import TABLE, Fault, Misroute, misroutes
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL213", "gateway-table-route", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route over a peering in the route table of a gateway."""
    for wrong in misroutes(network):
        if wrong.fault is not Fault.GATEWAY or wrong.association is None:
            continue
        if isinstance(wrong.truth, Maybe):
            yield _question(network, wrong, wrong.association, wrong.truth.reason)
        else:
            yield _finding(network, wrong, wrong.association)


def _question(network: Network, wrong: Misroute, association: GatewayAssociation, reason: str) -> Undecided:
    route = wrong.route.origin
    over = connection_of(network, wrong.route)
    question = (
        f"whether the table from which {route.address} routes over {over} is that of the gateway "
        f"{name_of(association.gateway)}"
    )
    return Undecided(question, reason, written_at(route, *TABLE), wrong.addresses, stack=route.stack)


def _finding(network: Network, wrong: Misroute, association: GatewayAssociation) -> Finding:
    route = wrong.route.origin
    gateway = name_of(association.gateway)
    near = "" if wrong.near is None else f" of {network.seen_from(wrong.near.origin, route.stack).name}"
    own = network.seen_from(association.origin, route.stack).name
    return Finding(
        f"{route.address} sends {destination_of(wrong.route)} over {connection_of(network, wrong.route)} from a route "
        f"table{near} that is also the gateway {gateway}'s: AWS lets no table of a gateway lead out of the VPC, and "
        "refuses whichever of the two comes second",
        written_at(route, *TABLE),
        wrong.addresses,
        (Note(f"{own} gives the table to the gateway {gateway}", association.origin.span),),
        "move the route to the route tables of the subnets that send to the peer",
        stack=route.stack,
    )
