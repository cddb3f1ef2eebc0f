"""A route names a peering connection where another kind of target belongs.

## Why

The EC2 API is forgiving about where the id of a target stands, and takes a peering connection as a gateway. The route
that it makes has the connection as its peering connection, so that what reads back never matches what is written:
Terraform plans the same change again and again, and CloudFormation shows drift. Other arguments it may refuse. It
refuses a VPC as a target, which is given now and then where the connection to that VPC is meant.

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
  route_table_id         = aws_route_table.shop.id
  destination_cidr_block = aws_vpc.stock.cidr_block
  gateway_id             = aws_vpc_peering_connection.shop_stock.id
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
      GatewayId: !Ref ShopStock
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

Use `vpc_peering_connection_id` (`VpcPeeringConnectionId` in CloudFormation).

## Undecided when

The route may not exist. Nothing is asked about an id that has no value.

## See also

- [aws_route](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route)
- [AWS::EC2::Route](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Language, Route
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import connection_of, destination_of
from peerlint.network.routing.misroutes import CONNECTION, Fault, Misroute, misroutes
from peerlint.network.routing.vpc_targets import VpcTarget, vpc_targets
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL216", "misplaced-route-target", Severity.WARNING, fix=Fix.AUTO)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route that names a peering connection where another kind of target belongs."""
    for wrong in misroutes(network):
        if wrong.fault is not Fault.ARGUMENT:
            continue
        if isinstance(wrong.truth, Maybe):
            yield _question(network, wrong, wrong.truth.reason)
        else:
            yield _finding(network, wrong)
    for target in vpc_targets(network):
        yield _of_vpc(network, target)


def _of_vpc(network: Network, target: VpcTarget) -> Finding | Undecided:
    route, argument = target.route.origin, target.route.target.argument
    near, named, over = (
        network.seen_from(entity.origin, route.stack).name for entity in (target.near, target.named, target.peering)
    )
    at, addresses = written_at(route, argument), (route.address, target.peering.origin.address)
    if isinstance(target.truth, Maybe):
        question = f"whether {route.address} exists, which gives {named}, a VPC, to `{argument}`"
        return Undecided(question, target.truth.reason, at, addresses, stack=route.stack)
    return Finding(
        f"{route.address} sends {destination_of(target.route)} from {near} to {named}, a VPC that it gives to "
        f"`{argument}`: AWS takes no VPC as a target, and refuses the route",
        at,
        addresses,
        (Note(f"{over} leads to that destination", target.peering.origin.span),),
        f"use `{_right(target.route)}`, with {over}, in place of `{argument}`",
        stack=route.stack,
    )


def _right(route: Route) -> str:
    """The argument that takes a connection, in the route's language."""
    return CONNECTION[route.origin.language is Language.CLOUDFORMATION]


def _question(network: Network, wrong: Misroute, reason: str) -> Undecided:
    route, over = wrong.route.origin, connection_of(network, wrong.route)
    question = f"whether {route.address} exists, which gives {over}, a peering connection, to `{_argument(wrong)}`"
    return Undecided(question, reason, written_at(route, _argument(wrong)), wrong.addresses, stack=route.stack)


def _argument(wrong: Misroute) -> str:
    return wrong.route.target.argument


def _finding(network: Network, wrong: Misroute) -> Finding:
    route, over = wrong.route.origin, connection_of(network, wrong.route)
    near = "" if wrong.near is None else f" from {network.seen_from(wrong.near.origin, route.stack).name}"
    notes = () if wrong.peering is None else (Note(f"{over} is a peering connection", wrong.peering.origin.span),)
    return Finding(
        f"{route.address} sends {destination_of(wrong.route)}{near} over {over}, a peering connection that it gives to "
        f"`{_argument(wrong)}`: where AWS takes it, the route never reads back as it is written",
        written_at(route, _argument(wrong)),
        wrong.addresses,
        notes,
        f"use `{_right(wrong.route)}` in place of `{_argument(wrong)}`",
        stack=route.stack,
    )
