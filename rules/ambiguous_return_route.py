"""Answers to one peer go to another peer with the same addresses.

## Why

Two VPCs that overlap cannot be peered with each other, but both can be peered with a third. That one has to choose by
its route tables whom an address belongs to: an answer follows the most specific route, and not the connection by
which the request came. What it takes for another peer's is lost.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_route_table" "hub" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_vpc" "old" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_old" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.old.id
  auto_accept = true
}

resource "aws_vpc_peering_connection" "hub_new" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.new.id
  auto_accept = true
}

resource "aws_route" "to_new" {
  route_table_id            = aws_route_table.hub.id
  destination_cidr_block    = "10.64.0.0/12"
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_new.id
}

resource "aws_route" "to_old" {
  route_table_id            = aws_route_table.hub.id
  destination_cidr_block    = "10.71.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_old.id
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  HubTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Hub
  Old:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  New:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  HubOld:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Old
  HubNew:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref New
  ToNew:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationCidrBlock: 10.64.0.0/12
      VpcPeeringConnectionId: !Ref HubNew
  ToOld:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationCidrBlock: 10.71.0.0/16
      VpcPeeringConnectionId: !Ref HubOld
```

## Good

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.60.0.0/16"
}

resource "aws_route_table" "hub" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_vpc" "old" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc" "new" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_old" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.old.id
  auto_accept = true
}

resource "aws_vpc_peering_connection" "hub_new" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.new.id
  auto_accept = true
}

resource "aws_route" "to_new" {
  route_table_id            = aws_route_table.hub.id
  destination_cidr_block    = "10.71.128.0/17"
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_new.id
}

resource "aws_route" "to_old" {
  route_table_id            = aws_route_table.hub.id
  destination_cidr_block    = "10.71.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_old.id
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.60.0.0/16
  HubTable:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: !Ref Hub
  Old:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  New:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.71.0.0/16
  HubOld:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Old
  HubNew:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref New
  ToNew:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationCidrBlock: 10.71.128.0/17
      VpcPeeringConnectionId: !Ref HubNew
  ToOld:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref HubTable
      DestinationCidrBlock: 10.71.0.0/16
      VpcPeeringConnectionId: !Ref HubOld
```

## Fix

Share the addresses out: a more specific route for those of each peer that are in use, or a table for the subnets that
talk to one of them and another table for the rest. Both are designs that AWS describes, and are not reported.

## Undecided when

One of the routes may not exist, the connection of the other route is not told, or the other peer's blocks are not.

## See also

- [VPC peering configurations with specific routes](https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html)
- [How route priority works](https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, written_at
from peerlint.network.routing.captures import Capture, captures, target_of
from peerlint.network.routing.destinations import block_names
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL211", "ambiguous-return-route", Severity.WARNING)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each route to a peer that takes the answers to another peer, which overlaps it."""
    for peering in network.peerings.judged:
        found = [(capture, capture.third) for capture in captures(network, peering) if capture.third is not None]
        yield from (_finding(network, peering, each, third) for each, third in found if each.truth is True)
        doubts = [each for each, _ in found if isinstance(each.truth, Maybe)]
        yield from [_question(network, peering, each) for each in doubts][:1]


def _question(network: Network, peering: Peering, capture: Capture) -> Undecided:
    taker = network.seen_from(capture.line.origin, peering.origin.stack)
    far = capture.far.origin.name
    question = f"whether {taker.name} takes the answers to {capture.taken} of {far} from {peering.origin.name}"
    reason = capture.truth.reason if isinstance(capture.truth, Maybe) else ""
    at = written_at(capture.line.origin, *DESTINATION)
    return Undecided(question, reason, at, (taker.address, *addresses(network, peering)), stack=peering.origin.stack)


def _finding(network: Network, peering: Peering, capture: Capture, third: Vpc) -> Finding:
    stack = peering.origin.stack
    taker, loser = (network.seen_from(line.origin, stack) for line in (capture.line, capture.lost))
    near, far, over = capture.near.origin.name, capture.far.origin.name, peering.origin.name
    other = network.seen_from(third.origin, stack).name
    return Finding(
        f"{taker.name} sends {capture.line.cidr} from {near} over {target_of(network, capture.line)} to {other}, and "
        f"takes {capture.taken} from {loser.name}, which sends {capture.lost.cidr} over {over} to {far}: the two peers "
        f"overlap, and answers to {far} go to {other}",
        written_at(taker, *DESTINATION),
        (taker.address, loser.address, *addresses(network, peering), third.origin.address),
        (
            Note(f"{loser.name} loses {capture.taken}", written_at(loser, *DESTINATION)),
            Note(f"{other} has {block_names(network, third)}", third.origin.span),
            Note(f"{far} has {block_names(network, capture.far)}", capture.far.origin.span),
        ),
        f"share the addresses out by more specific routes, or give the subnets that talk to {far} a table of their own",
        stack=stack,
    )
