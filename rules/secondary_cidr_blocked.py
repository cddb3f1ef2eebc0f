"""A secondary block cannot be added to its VPC, because of a route or of a request that is pending.

## Why

A VPC takes no secondary block that is equal to, or larger than, the destination of a route in one of its tables: the
route is there first, and the block would make its destination local. AWS refuses the block, and the apply fails.

While a request for a peering is pending, the *requester's* VPC takes no secondary block at all. Where the block and
the request do not wait for each other, the apply works only if the block happens to come first.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "pods" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.30.0.0/16"
}

resource "aws_route" "office" {
  route_table_id         = aws_vpc.shop.main_route_table_id
  destination_cidr_block = "10.30.8.0/21"
  transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/16
  Pods:
    Type: AWS::EC2::VPCCidrBlock
    Properties:
      VpcId: !Ref Shop
      CidrBlock: 10.30.0.0/16
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Office:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 10.30.8.0/21
      TransitGatewayId: tgw-0a1b2c3d4e5f60718
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc_ipv4_cidr_block_association" "pods" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.30.128.0/17"
}

resource "aws_route" "office" {
  route_table_id         = aws_vpc.shop.main_route_table_id
  destination_cidr_block = "10.30.8.0/21"
  transit_gateway_id     = "tgw-0a1b2c3d4e5f60718"
}

resource "aws_vpc_peering_connection" "partner" {
  vpc_id        = aws_vpc.shop.id
  peer_vpc_id   = "vpc-0a1b2c3d4e5f60718"
  peer_owner_id = "111122223333"

  depends_on = [aws_vpc_ipv4_cidr_block_association.pods]
}
```

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/16
  Pods:
    Type: AWS::EC2::VPCCidrBlock
    Properties:
      VpcId: !Ref Shop
      CidrBlock: 10.30.128.0/17
  Table:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Shop
  Office:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 10.30.8.0/21
      TransitGatewayId: tgw-0a1b2c3d4e5f60718
```

## Fix

Choose a block that contains no destination of a route of the VPC, or remove the route. Let the request wait for the
blocks of its own VPC (`depends_on`), or have it accepted in the same apply.

A route within the VPC to a NAT gateway, a network interface or a Gateway Load Balancer endpoint, and one that waits
for the block, is not in the way. The request is in the way only where nothing in the input accepts it: with
`auto_accept`, or an accepter that has it, it is pending for a moment only. CloudFormation accepts a request, or fails.
A route over a peering into a block of its own VPC is PL210's.

## Undecided when

The block, the route or the request may not exist, or a module that was not read, a `time_sleep` or a provisioner
stands between the two, so that the one may be made after the other.

## See also

- [VPC CIDR blocks](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)
- [aws_vpc_ipv4_cidr_block_association](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipv4_cidr_block_association)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import described
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import vpcs
from peerlint.network.peerings.secondary import Blocked, Racing, blocked, racing
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL102", "secondary-cidr-blocked", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Secondary blocks that a route, or a request, is in the way of."""
    for item in blocked(network):
        yield _undecided(item, item.truth.reason) if isinstance(item.truth, Maybe) else _in_the_way(network, item)
    for race in racing(network):
        yield _open(race, race.truth.reason) if isinstance(race.truth, Maybe) else _race(network, race)


def _in_the_way(network: Network, item: Blocked) -> Finding:
    association, route = item.association.origin, item.route.origin
    message = (
        f"{association.name} adds {item.block.value} to {described(network, item.vpc)}, and {route.name} leads to "
        f"{item.destination.value} in it: AWS refuses a block that is equal to, or larger than, the destination of a "
        "route of the VPC"
    )
    at = item.association.block.at
    notes = (
        *whence(item.block, at),
        Note(f"{item.destination.value} is routed here", item.destination.at or route.span),
        *whence(item.destination, item.destination.at or route.span),
    )
    remedy = f"choose a block without {item.destination.value}, or remove the route"
    return Finding(message, at, _addresses(item), notes, remedy, stack=association.stack)


def _addresses(item: Blocked) -> tuple[str, ...]:
    return (item.association.origin.address, item.vpc.origin.address, item.route.origin.address)


def _undecided(item: Blocked, reason: str) -> Undecided:
    association, route = item.association.origin, item.route.origin
    question = f"whether {route.name} is in the way of {item.block.value}, which {association.name} adds"
    return Undecided(question, reason, item.association.block.at, _addresses(item), stack=association.stack)


def _race(network: Network, race: Racing) -> Finding:
    association, request = race.association.origin, race.peering.origin
    _, accepter = vpcs(network, race.peering)
    message = (
        f"{association.name} adds {name_of(race.block)} to {described(network, race.vpc)}, from where {request.name} "
        f"requests a peering with {accepter.origin.name} without waiting for it: while the request is pending, AWS "
        "refuses any block for the requester's VPC, and nothing in the input accepts it"
    )
    at = race.association.block.at
    notes = (*whence(race.block, at), Note(f"{request.name} is requested here", request.span))
    remedy = f"let the request wait for the block: depends_on = [{association.address}] in {request.address}"
    addresses = (association.address, race.vpc.origin.address, request.address)
    return Finding(message, at, addresses, notes, remedy, Severity.WARNING, stack=association.stack)


def _open(race: Racing, reason: str) -> Undecided:
    association, request = race.association.origin, race.peering.origin
    question = f"whether {request.name} waits for {name_of(race.block)}, which {association.name} adds"
    addresses = (association.address, race.vpc.origin.address, request.address)
    return Undecided(question, reason, race.association.block.at, addresses, stack=association.stack)
