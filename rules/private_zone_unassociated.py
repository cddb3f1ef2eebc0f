"""A private hosted zone answers on one side of a peering only.

## Why

A private zone answers in the VPCs that it is associated with, and nowhere else. Neither a peering nor its DNS option
changes that: the option is about the public hostnames of instances. Clients in the peer that ask for a name of the zone
are told that it does not exist, or get what the public zone of the same name says.

A VPC of another account than the zone's has to be authorized by the account of the zone before its own account can
associate it; without that the association is refused.

Both are notes: a zone may be meant for one VPC.

## Bad

```hcl
resource "aws_vpc" "app" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "data" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_route53_zone" "databases" {
  name = "databases.internal"

  vpc {
    vpc_id = aws_vpc.data.id
  }
}
```

```yaml
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      EnableDnsHostnames: true
  Data:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
      EnableDnsHostnames: true
  AppToData:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: !Ref Data
  Databases:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: databases.internal
      VPCs:
        - VPCId: !Ref Data
          VPCRegion: !Ref AWS::Region
```

## Good

```hcl
resource "aws_vpc" "app" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "data" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}

resource "aws_route53_zone" "databases" {
  name = "databases.internal"

  vpc {
    vpc_id = aws_vpc.data.id
  }

  vpc {
    vpc_id = aws_vpc.app.id
  }
}
```

```yaml
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
      EnableDnsHostnames: true
  Data:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
      EnableDnsHostnames: true
  AppToData:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: !Ref Data
  Databases:
    Type: AWS::Route53::HostedZone
    Properties:
      Name: databases.internal
      VPCs:
        - VPCId: !Ref Data
          VPCRegion: !Ref AWS::Region
        - VPCId: !Ref App
          VPCRegion: !Ref AWS::Region
```

## Fix

Associate the zone with the other VPC: in the zone's own block, or by an `aws_route53_zone_association` (which needs
`ignore_changes = [vpc]` in the zone). For a VPC of another account, add an `aws_route53_vpc_association_authorization`
in the account of the zone; CloudFormation has no resource for either. Where a zone is meant for one VPC, suppress the
note at the zone.

## Undecided when

The VPC of an association is an unknown value, the association or the peering may not exist, or an association names a
zone that is not told. Nothing is said of a VPC that is only looked up, of a zone whose id is exported or whose list of
VPCs is left to others, nor at all where the input has a Resolver endpoint or rule, a Route 53 Profile, a directory or
DNS servers of its own: any of them may answer in the zone's place.

## See also

- [Working with private hosted zones](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html)
- [Associating VPCs of different accounts](https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html)
- [aws_route53_zone_association](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_zone_association)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.dns.zones import Unassociated, Unauthorized, unassociated, unauthorized
from peerlint.network.model import HostedZone, Peering
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL306", "private-zone-unassociated", Severity.NOTE, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Private zones that answer in one VPC of a peering and not in the other, or that another account cannot join."""
    for found in unassociated(network):
        if isinstance(found.truth, Maybe):
            yield _question(found, found.truth.reason)
        else:
            yield _unassociated(network, found)
    for refused in unauthorized(network):
        yield _unauthorized(network, refused)


def _called(zone: HostedZone) -> str:
    name = f" ({zone.name.value})" if isinstance(zone.name, Known) else ""
    return f"{zone.origin.name}{name}"


def _question(found: Unassociated, reason: str) -> Undecided:
    return Undecided(
        f"whether {_called(found.zone)} answers in {found.misses.origin.name}",
        reason,
        found.zone.origin.span,
        _addresses(found),
        stack=found.zone.origin.stack,
    )


def _addresses(found: Unassociated) -> tuple[str, ...]:
    return (found.zone.origin.address, found.knows.origin.address, found.misses.origin.address)


def _joins(network: Network, zone: HostedZone, peering: Peering) -> Note:
    origin = network.seen_from(peering.origin, zone.origin.stack)
    return Note(f"{origin.name} joins the two VPCs", origin.span)


def _unassociated(network: Network, found: Unassociated) -> Finding:
    knows, misses = found.knows.origin.name, found.misses.origin.name
    return Finding(
        f"{_called(found.zone)} answers in {knows} and not in {misses}, which is peered with it: clients there do not "
        "find its names, whatever the peering's DNS options",
        found.zone.origin.span,
        _addresses(found),
        (
            Note(f"{misses} is not associated with it", found.misses.origin.span),
            _joins(network, found.zone, found.peering),
        ),
        f"associate the zone with {misses}, or suppress this note where the zone is meant for {knows} alone",
        stack=found.zone.origin.stack,
    )


def _unauthorized(network: Network, found: Unauthorized) -> Finding:
    vpc, zone = found.vpc.origin.name, _called(found.zone)
    origin = found.association.origin if found.association is not None else found.zone.origin
    return Finding(
        f"{zone} is associated with {vpc} of another account, which the account of the zone does not authorize: the "
        "association is refused",
        origin.span,
        (found.zone.origin.address, found.vpc.origin.address, origin.address),
        (
            Note(f"{zone} belongs to another account", found.zone.origin.span),
            Note(f"{found.peering.origin.name} peers {vpc}", found.peering.origin.span),
        ),
        f"add an aws_route53_vpc_association_authorization for {vpc} in the account of the zone, and associate it in "
        "its own",
        stack=origin.stack,
    )
