"""The DNS option of a side is set from the other side's account or Region.

## Why

Within one account and Region one resource may set the DNS options of both sides. Between accounts or Regions each
side's option is set in its own: a request for the other side's is refused ("does not have permission to modify the
accepter side", "cannot be modified for a different region"), and the apply fails, with both options unset.

## Bad

```hcl
provider "aws" {
  region = "eu-west-2"
}

resource "aws_vpc" "london" {
  cidr_block = "10.90.0.0/16"
}

resource "aws_vpc_peering_connection" "london_ireland" {
  vpc_id      = aws_vpc.london.id
  peer_vpc_id = "vpc-0a4f1c3be27d95608"
  peer_region = "eu-west-1"
}

resource "aws_vpc_peering_connection_options" "both" {
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}
```

```yaml
# run with --account 111122223333
Parameters:
  SdkCallFunction:
    Type: String
Resources:
  London:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  LondonToPartner:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref London
      PeerVpcId: vpc-0a4f1c3be27d95608
      PeerOwnerId: "444455556666"
      PeerRoleArn: arn:aws:iam::444455556666:role/accept-peering
  Options:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: !Ref SdkCallFunction
      Service: EC2
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref LondonToPartner
        RequesterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
        AccepterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
```

## Good

```hcl
provider "aws" {
  region = "eu-west-2"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

resource "aws_vpc" "london" {
  cidr_block = "10.90.0.0/16"
}

resource "aws_vpc_peering_connection" "london_ireland" {
  vpc_id      = aws_vpc.london.id
  peer_vpc_id = "vpc-0a4f1c3be27d95608"
  peer_region = "eu-west-1"
}

resource "aws_vpc_peering_connection_accepter" "london_ireland" {
  provider                  = aws.ireland
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id
  auto_accept               = true
}

resource "aws_vpc_peering_connection_options" "london" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.london_ireland.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection_options" "ireland" {
  provider                  = aws.ireland
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.london_ireland.id

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}
```

```yaml
# run with --account 111122223333
Parameters:
  SdkCallFunction:
    Type: String
Resources:
  London:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  LondonToPartner:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref London
      PeerVpcId: vpc-0a4f1c3be27d95608
      PeerOwnerId: "444455556666"
      PeerRoleArn: arn:aws:iam::444455556666:role/accept-peering
  Options:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: !Ref SdkCallFunction
      Service: EC2
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref LondonToPartner
        RequesterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
```

## Fix

Split: one `aws_vpc_peering_connection_options` for each side, under that side's provider, keyed to the accepter's id so
that the connection is active by then. In CloudFormation, call ModifyVpcPeeringConnectionOptions in each account and
Region for its own side.

## Undecided when

It is not told whether the two sides are in one account and Region, or in which the resource runs; a resource, or the
block in it, may not exist. A custom resource that assumes a role or names a Region may run anywhere.

An accepter that as a whole runs in a wrong place is PL107, options that run where neither side is are PL219.

## See also

- [ModifyVpcPeeringConnectionOptions](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html)
- [aws_vpc_peering_connection_options](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options)
- [terraform-provider-aws #12113](https://github.com/hashicorp/terraform-provider-aws/issues/12113)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.dns.sides import WrongSide, wrong_sides
from peerlint.network.filtering.vicinity import described
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.network.places import Aspect
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe, Written, same
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL304", "dns-options-wrong-side", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each resource that sets the option of a side which is not its own."""
    for peering in network.peerings.judged:
        for wrong in wrong_sides(network, peering):
            if isinstance(wrong.truth, Maybe):
                yield _undecided(network, wrong, wrong.truth.reason)
            else:
                yield _finding(network, wrong)


def _finding(network: Network, wrong: WrongSide) -> Finding:
    peering, side = wrong.peering, wrong.option.side
    source = network.seen_from(wrong.source.origin, peering.origin.stack)
    requester, accepter = (described(network, vpc) for vpc in vpcs(network, peering))
    difference, values = _difference(network, wrong)
    sets = "the DNS options of both sides" if wrong.both else f"the DNS option of the {side.value}'s side"
    request = Note(f"{peering.origin.name} is requested here", peering.origin.span)
    return Finding(
        f"{source.name} sets {sets} of the peering between {requester} and {accepter}, {difference}: each side's is "
        "set in its own account and Region, and AWS refuses the other's",
        wrong.option.at,
        (source.address, *addresses(network, peering)),
        (
            *((request,) if source.span != peering.origin.span else ()),
            *(note for value in values for note in whence(value, peering.origin.span)),
        ),
        f"set the {side.value}'s option in a resource of its own, under a provider of the {side.value}'s account and "
        "Region",
        stack=peering.origin.stack,
    )


def _difference(network: Network, wrong: WrongSide) -> tuple[str, tuple[Written[str], ...]]:
    """What keeps the two sides, or the resource and the side, apart: in words, and as it is written."""
    ends = {end.side: end.place for end in network.peerings.ends(wrong.peering)}
    far, other = ends[wrong.option.side], ends[wrong.option.side.other]
    for aspect in Aspect:
        one, two = aspect.of(wrong.source.place), aspect.of(far)
        if same(one, two) is False:
            side = wrong.option.side.value
            return f"from the {aspect.value} {name_of(one)} while the {side} is in {name_of(two)}", (one, two)
    for aspect in Aspect:
        one, two = aspect.of(other), aspect.of(far)
        if same(one, two) is False:
            said = f"of which the {wrong.option.side.other.value} is in the {aspect.value} {name_of(one)} and the "
            return f"{said}{wrong.option.side.value} in {name_of(two)}", (one, two)
    return "which are apart", ()


def _undecided(network: Network, wrong: WrongSide, reason: str) -> Undecided:
    peering, side = wrong.peering, wrong.option.side
    source = network.seen_from(wrong.source.origin, peering.origin.stack)
    sets = "the DNS options of both sides" if wrong.both else f"the DNS option of the {side.value}'s side"
    return Undecided(
        f"whether {source.name} may set {sets} of {peering.origin.name}",
        reason,
        wrong.option.at,
        (source.address, *addresses(network, peering)),
        stack=peering.origin.stack,
    )
