"""The two VPCs of a peering have address blocks that overlap.

## Why

AWS joins no two VPCs of which any IPv4 or IPv6 blocks overlap, whichever of them were meant to be routed. `terraform
apply` and the creation of a stack are accepted at first; the connection then goes to the state `failed` by itself,
can be neither accepted nor deleted, and takes everything that depends on it with it. One secondary block is enough.

## Bad

```hcl
resource "aws_vpc" "orders" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc" "billing" {
  cidr_block = "10.20.128.0/20"
}

resource "aws_vpc_peering_connection" "orders_billing" {
  vpc_id      = aws_vpc.orders.id
  peer_vpc_id = aws_vpc.billing.id
  auto_accept = true
}
```

```yaml
Resources:
  Orders:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/16
  Billing:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.128.0/20
  OrdersBilling:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Orders
      PeerVpcId: !Ref Billing
```

## Good

```hcl
resource "aws_vpc" "orders" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_vpc" "billing" {
  cidr_block = "10.21.0.0/16"
}

resource "aws_vpc_peering_connection" "orders_billing" {
  vpc_id      = aws_vpc.orders.id
  peer_vpc_id = aws_vpc.billing.id
  auto_accept = true
}
```

```yaml
Resources:
  Orders:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.20.0.0/16
  Billing:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.21.0.0/16
  OrdersBilling:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Orders
      PeerVpcId: !Ref Billing
```

## Fix

Renumber one of the VPCs. Where neither can be, a transit gateway with private NAT or a PrivateLink endpoint joins
networks that overlap; a NAT gateway beside the peering cannot, because the peering itself never comes to be.

Two blocks that Amazon provides (IPv6), and two that were allocated from one IPAM pool, never overlap. The primary
block of every default VPC is 172.31.0.0/16, so default VPCs cannot be peered with each other.

## Undecided when

A block is not known (a variable without a value, a looked-up VPC) or may be added by code that was not read. Two
blocks that are the same unknown value do overlap.

## See also

- [Invalid VPC peering configurations](https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html)
- [Create a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/create-vpc-peering-connection.html)
- [Default VPC components](https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.blocks import Overlap, cidr_of
from peerlint.network.model import Block, Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, overlapping, vpcs
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule, whence

REMEDY = "renumber one of the VPCs, or join them with a transit gateway and private NAT, or with PrivateLink"
SHOWN = 3


@rule("PL101", "cidr-overlap", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each peering, naming the pairs of blocks that overlap."""
    for peering in network.peerings.declared:
        requester, accepter = vpcs(network, peering)
        shared = overlapping(network, peering)
        concerned = addresses(network, peering)
        question = f"whether {requester.origin.name} and {accepter.origin.name} overlap"
        match shared.truth, peering.origin.presence.doubt:
            case True, None:
                yield _finding(peering, requester, accepter, shared)
            case True, str(doubt):
                yield Undecided(
                    f"{question} in a connection that exists",
                    doubt,
                    peering.origin.span,
                    concerned,
                    stack=peering.origin.stack,
                )
            case Maybe(reason=reason), _:
                yield Undecided(question, reason, peering.origin.span, concerned, stack=peering.origin.stack)


def _finding(peering: Peering, requester: Vpc, accepter: Vpc, shared: Overlap) -> Finding:
    different: dict[tuple[str, str], tuple[Block, Block]] = {}
    for left, right in shared.pairs:
        different.setdefault((_named(requester, left), _named(accepter, right)), (left, right))
    pairs = [(one, left, other, right) for (one, other), (left, right) in different.items()][:SHOWN]
    listed = "; ".join(f"{one} and {other}" for one, _, other, _ in pairs)
    more = f"; and {len(different) - SHOWN} more pairs" if len(different) > SHOWN else ""
    notes = [
        note
        for one, left, other, right in pairs
        for note in (
            Note(f"{one} is here", left.at),
            *whence(left.cidr, left.at),
            Note(f"{other} is here", right.at),
            *whence(right.cidr, right.at),
        )
    ]
    return Finding(
        f"the VPCs of {peering.origin.name} overlap ({listed}{more}): the connection will fail once it is requested",
        peering.origin.span,
        (peering.origin.address, requester.origin.address, accepter.origin.address),
        tuple(dict.fromkeys(notes)),
        REMEDY,
        stack=peering.origin.stack,
    )


def _named(vpc: Vpc, block: Block) -> str:
    return f"{name_of(cidr_of(vpc, block))} of {vpc.origin.name}"
