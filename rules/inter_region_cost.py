"""A peering joins two Regions, and its traffic is charged at the inter-Region rate.

## Why

A peering has no hourly charge, but what crosses it has a price: nothing within an Availability Zone, the cross-zone
rate between two zones of a Region, the inter-Region rate between two Regions, in both directions. A pair that talks
much (replication, logs, backups) is cheaper within one Region. The rule is off unless it is selected.

## Bad

```hcl
resource "aws_vpc" "dublin" {
  region = "eu-west-1"

  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_peering_connection" "pair" {
  region = "eu-west-1"

  vpc_id      = aws_vpc.dublin.id
  peer_vpc_id = "vpc-0a1b2c3d4e5f60718"
  peer_region = "us-east-1"
}
```

```yaml
# run with --region eu-west-1
Resources:
  Dublin:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Pair:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Dublin
      PeerVpcId: vpc-0a1b2c3d4e5f60718
      PeerRegion: us-east-1
```

## Good

```hcl
resource "aws_vpc" "dublin" {
  region = "eu-west-1"

  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_peering_connection" "pair" {
  region = "eu-west-1"

  vpc_id      = aws_vpc.dublin.id
  peer_vpc_id = "vpc-0a1b2c3d4e5f60718"
}
```

```yaml
# run with --region eu-west-1
Resources:
  Dublin:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Pair:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Dublin
      PeerVpcId: vpc-0a1b2c3d4e5f60718
      PeerRegion: !Ref AWS::Region
```

## Fix

Keep pairs that talk much in one Region, or accept the cost.

## Undecided when

The Region of one of the two VPCs is not known: a provider without a `region`, a template without `--region`, a
variable.

## See also

- [VPC peering, in Building a scalable and secure multi-VPC network infrastructure](https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/vpc-peering.html)
- [Pricing for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses
from peerlint.network.places import same_region
from peerlint.network.presence import uncertain
from peerlint.network.values import Known, Maybe, all_of, negate, unless
from peerlint.rule import Finding, Note, Severity, Undecided, rule


@rule("PL503", "inter-region-cost", Severity.NOTE, enabled=False)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One note for each peering between two Regions."""
    for peering in network.peerings.judged:
        requester, accepter = network.peerings.ends(peering)
        apart = negate(same_region(requester.place, accepter.place))
        answer = all_of((apart, unless(uncertain(peering.origin.presence))))
        if answer is True:
            yield _finding(network, peering)
        elif isinstance(answer, Maybe):
            question = f"whether {requester.vpc.origin.name} and {accepter.vpc.origin.name} are in one Region"
            yield Undecided(
                question,
                answer.reason,
                peering.origin.span,
                addresses(network, peering),
                stack=peering.origin.stack,
            )


def _finding(network: Network, peering: Peering) -> Finding:
    requester, accepter = network.peerings.ends(peering)
    there = [end.place.region.value for end in (requester, accepter) if isinstance(end.place.region, Known)]
    where = f"{there[0]} and {there[1]}" if len(there) == 2 else "two Regions"
    return Finding(
        f"{peering.origin.name} joins {requester.vpc.origin.name} and {accepter.vpc.origin.name} in {where}: its "
        "traffic is charged at the inter-Region rate in both directions",
        peering.origin.span,
        addresses(network, peering),
        tuple(Note(f"{end.vpc.origin.name} is here", end.vpc.origin.span) for end in (requester, accepter)),
        "keep pairs that talk much in one Region",
        stack=peering.origin.stack,
    )
