"""Another route takes addresses of the peer from the route over the peering.

## Why

The most specific destination wins, and of equal ones a route to a block before one to a prefix list. A route to a
part of the peer's block by a transit gateway or a VPN therefore takes that part from the route over the peering,
wherever it stands in the code. Of prefix lists that overlap AWS picks one, and keeps to it.

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

resource "aws_ec2_transit_gateway" "core" {
  description = "to the data centre"
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}

resource "aws_route" "premises" {
  route_table_id         = aws_route_table.shop.id
  destination_cidr_block = "10.71.128.0/17"
  transit_gateway_id     = aws_ec2_transit_gateway.core.id
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
  Core:
    Type: AWS::EC2::TransitGateway
    Properties:
      Description: to the data centre
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref ShopStock
  Premises:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.128.0/17
      TransitGatewayId: !Ref Core
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

resource "aws_ec2_transit_gateway" "core" {
  description = "to the data centre"
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}

resource "aws_route" "premises" {
  route_table_id         = aws_route_table.shop.id
  destination_cidr_block = "10.64.0.0/10"
  transit_gateway_id     = aws_ec2_transit_gateway.core.id
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
  Core:
    Type: AWS::EC2::TransitGateway
    Properties:
      Description: to the data centre
  ShopToStock:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref ShopStock
  Premises:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.64.0.0/10
      TransitGatewayId: !Ref Core
```

## Fix

Remove the other route, or narrow it to what is not of the peer. Where it is meant, because that part moves to a
transit gateway, say so in a suppression; where the peer is seen to be attached to that transit gateway, nothing is
reported. A route by a network interface, a VPC endpoint or a NAT gateway is taken for an appliance that sends the
traffic on, and is never reported; a route to another peer of the VPC is `ambiguous-return-route`.

## Undecided when

The other route or the one over the peering may not exist, the target of the other one is not told, or a more specific
route over the peering may stand in code that was not read.

## See also

- [How route priority works](https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html)
- [Middlebox routing](https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html#route-tables-appliance-routing)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, written_at
from peerlint.network.routing.captures import Capture, captures, target_of
from peerlint.network.routing.destinations import block_names
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL214", "shadowed-peer-route", Severity.WARNING)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route to another target that takes addresses of a peer from a route over the peering."""
    for peering in network.peerings.judged:
        found = [capture for capture in captures(network, peering) if capture.third is None]
        yield from (_finding(network, peering, each) for each in found if each.truth is True)
        yield from [_question(network, peering, each) for each in found if isinstance(each.truth, Maybe)][:1]


def _question(network: Network, peering: Peering, capture: Capture) -> Undecided:
    taker = network.seen_from(capture.line.origin, peering.origin.stack)
    question = f"whether {taker.name} takes {capture.taken} of {capture.far.origin.name} from {peering.origin.name}"
    reason = capture.truth.reason if isinstance(capture.truth, Maybe) else ""
    at = written_at(capture.line.origin, *DESTINATION)
    return Undecided(question, reason, at, (taker.address, *addresses(network, peering)), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, capture: Capture) -> Finding:
    stack = peering.origin.stack
    taker, loser = (network.seen_from(line.origin, stack) for line in (capture.line, capture.lost))
    near, far, over = capture.near.origin.name, capture.far.origin.name, peering.origin.name
    target = target_of(network, capture.line)
    if capture.tied:
        message = (
            f"{taker.name} and {loser.name} send {capture.taken} from {near} by prefix lists, the one to {target} and "
            f"the other over {over} to {far}: AWS picks one of the two"
        )
    else:
        message = (
            f"{taker.name} sends {capture.line.cidr} from {near} to {target}, and takes {capture.taken} from "
            f"{loser.name}, which sends {capture.lost.cidr} over {over} to {far}: {capture.taken} is not reached there"
        )
    return Finding(
        message,
        written_at(taker, *DESTINATION),
        (taker.address, loser.address, *addresses(network, peering)),
        (
            Note(f"{loser.name} loses {capture.taken}", written_at(loser, *DESTINATION)),
            Note(f"{far} has {block_names(network, capture.far)}", capture.far.origin.span),
        ),
        f"remove {taker.name}, narrow it to what is not of {far}, or keep it out of the tables that route to {far}",
        stack=stack,
    )
