"""A peering joins a VPC with itself.

## Why

A VPC's blocks overlap themselves, so AWS fails the connection. It is nearly always a slip in a copied block or in a
`for_each` over pairs that lacks the filter for equal keys, and the connection that was meant is missing.

## Bad

```hcl
resource "aws_vpc" "blue" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_vpc" "green" {
  cidr_block = "10.31.0.0/16"
}

resource "aws_vpc_peering_connection" "blue_green" {
  vpc_id      = aws_vpc.blue.id
  peer_vpc_id = aws_vpc.blue.id
  auto_accept = true
}
```

```yaml
Resources:
  Blue:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.30.0.0/16
  Green:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.31.0.0/16
  BlueGreen:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Blue
      PeerVpcId: !Ref Blue
```

## Good

```hcl
resource "aws_vpc" "blue" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_vpc" "green" {
  cidr_block = "10.31.0.0/16"
}

resource "aws_vpc_peering_connection" "blue_green" {
  vpc_id      = aws_vpc.blue.id
  peer_vpc_id = aws_vpc.green.id
  auto_accept = true
}
```

```yaml
Resources:
  Blue:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.30.0.0/16
  Green:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.31.0.0/16
  BlueGreen:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Blue
      PeerVpcId: !Ref Green
```

## Fix

Name the other VPC, or drop the connection. In a cross product of VPCs, keep only the pairs whose keys differ.

## Undecided when

The two ids are different unknown values, which may still be those of one VPC, or some element of a collection whose
keys are not known. VPCs in different Regions or accounts are different.

## See also

- [VPC peering basics](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, self_peered, vpcs, written_at
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Note, Severity, Undecided, rule, whence


@rule("PL103", "self-peering", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each peering whose two ends are one VPC."""
    for peering in network.peerings.declared:
        requester, accepter = vpcs(network, peering)
        question = f"whether {requester.origin.name} and {accepter.origin.name} are one VPC"
        match self_peered(network, peering), peering.origin.presence.doubt:
            case True, None:
                yield _finding(peering, requester)
            case True, str(doubt):
                question = f"whether {peering.origin.name}, of {requester.origin.name} with itself, exists"
                yield Undecided(
                    question, doubt, peering.origin.span, addresses(network, peering), stack=peering.origin.stack
                )
            case Maybe(reason=reason), _:
                yield Undecided(
                    question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack
                )


def _finding(peering: Peering, vpc: Vpc) -> Finding:
    name = vpc.origin.name
    own = written_at(peering.origin, "vpc_id", "VpcId")
    return Finding(
        f"{peering.origin.name} joins {name} with itself, as requester and as accepter: the connection will fail",
        written_at(peering.origin, "peer_vpc_id", "PeerVpcId"),
        (peering.origin.address, vpc.origin.address),
        (
            *whence(peering.peer_vpc, written_at(peering.origin, "peer_vpc_id", "PeerVpcId")),
            Note(f"{name} is the requester here", own),
            *whence(peering.vpc, own),
        ),
        "name the other VPC as the peer, or remove the connection",
        stack=peering.origin.stack,
    )
