"""A route table has a second route to a destination of a route over a peering.

## Why

A route table has one route for a destination. The second one is refused (`RouteAlreadyExists`), or, where it says the
same as the first, two resources manage one route, and removing either removes it for both.

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
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}

resource "aws_route" "warehouse" {
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
      DestinationCidrBlock: !GetAtt Stock.CidrBlock
      VpcPeeringConnectionId: !Ref ShopStock
  Warehouse:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.0.0/16
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

resource "aws_route" "warehouse" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = "10.71.32.0/20"
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
  Warehouse:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref ShopTable
      DestinationCidrBlock: 10.71.32.0/20
      VpcPeeringConnectionId: !Ref ShopStock
```

## Fix

Keep one of the two. Where the destination is to move from one target to another, change the one route.

## Undecided when

One of the two routes may not exist, or the two are of different stacks, one of which may replace the other. Routes
under opposite conditions are never in a table together; nothing is asked about destinations without a value.

## See also

- [Subnet route tables](https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html)
- [CreateRoute](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.captures import target_of_route
from peerlint.network.routing.destinations import destination_of
from peerlint.network.routing.mixtures import Duplicate, duplicates
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL218", "duplicate-route", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route whose destination its table has a route to already, where one is over a peering."""
    for pair in duplicates(network):
        yield _question(network, pair, pair.truth.reason) if isinstance(pair.truth, Maybe) else _finding(network, pair)


def _question(network: Network, pair: Duplicate, reason: str) -> Undecided:
    first, second = _names(network, pair)
    question = f"whether {first} and {second} both route {destination_of(pair.second)} in one table"
    at = written_at(pair.second.origin, *DESTINATION)
    return Undecided(question, reason, at, _addresses(pair), stack=pair.second.origin.stack)


def _names(network: Network, pair: Duplicate) -> tuple[str, str]:
    stack = pair.second.origin.stack
    return network.seen_from(pair.first.origin, stack).name, network.seen_from(pair.second.origin, stack).name


def _addresses(pair: Duplicate) -> tuple[str, ...]:
    return tuple(dict.fromkeys((pair.second.origin.address, pair.first.origin.address)))


def _finding(network: Network, pair: Duplicate) -> Finding:
    first, second = _names(network, pair)
    one, other = (target_of_route(network, route) for route in (pair.first, pair.second))
    sent = f"{second} sends {destination_of(pair.second)} to {other}"
    already = f"{first} sends it there already" if one == other else f"{first} sends it to {one}"
    return Finding(
        f"{sent}, and {already} from the same table: a table has one route for a destination, and AWS refuses the "
        "second",
        written_at(pair.second.origin, *DESTINATION),
        _addresses(pair),
        (Note(f"{first} is the other route", written_at(pair.first.origin, *DESTINATION)),),
        "keep one of the two, or put them into different tables",
        stack=pair.second.origin.stack,
    )
