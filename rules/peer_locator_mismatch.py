"""A peering looks for the peer's VPC in a Region or account that it is not in.

## Why

A request names the Region and the account of the accepter's VPC. Where `peer_region` or `peer_owner_id` is not
written, AWS takes the requester's own, finds no such VPC there, and the deployment fails with `InvalidVpcID.NotFound`;
the message names the id and not what is wrong with it. It is accepted in the accepter's Region and account only: an
`aws_vpc_peering_connection_accepter` under the requester's provider finds no request that waits there. No connection
joins two partitions of AWS (China, GovCloud, the rest).

## Bad

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

resource "aws_vpc" "ireland" {
  provider   = aws.ireland
  cidr_block = "10.91.0.0/16"
}

resource "aws_vpc_peering_connection" "london_ireland" {
  vpc_id      = aws_vpc.london.id
  peer_vpc_id = aws_vpc.ireland.id
}

resource "aws_vpc_peering_connection_accepter" "london_ireland" {
  provider                  = aws.ireland
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id
  auto_accept               = true
}
```

```yaml
# run with --account 111122223333
Resources:
  London:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  Backup:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.91.0.0/16
  LondonBackup:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref London
      PeerVpcId: !Ref Backup
      PeerOwnerId: "444455556666"
      PeerRoleArn: arn:aws:iam::444455556666:role/accept-peering
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

resource "aws_vpc" "ireland" {
  provider   = aws.ireland
  cidr_block = "10.91.0.0/16"
}

resource "aws_vpc_peering_connection" "london_ireland" {
  vpc_id      = aws_vpc.london.id
  peer_vpc_id = aws_vpc.ireland.id
  peer_region = "eu-west-1"
}

resource "aws_vpc_peering_connection_accepter" "london_ireland" {
  provider                  = aws.ireland
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id
  auto_accept               = true
}
```

```yaml
# run with --account 111122223333
Resources:
  London:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.90.0.0/16
  Backup:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.91.0.0/16
  LondonBackup:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref London
      PeerVpcId: !Ref Backup
      PeerOwnerId: "111122223333"
```

## Fix

Set `peer_region` and `peer_owner_id` (`PeerRegion`, `PeerOwnerId`) from the peer's VPC, as with `data.aws_region` and
`data.aws_caller_identity` of its provider, and run the accepter under that provider. VPCs of two partitions are
connected in another way, by a VPN for example.

## Undecided when

One of the two Regions or accounts that are compared has no value; the peer's VPC or the connection may not exist; an
accepter runs in the place of the request, and the code does not tell whether `peer_region` is that Region. A VPC that
is looked up in one account and said to be of another one may be shared with the first.

The account of a provider is known by the role it assumes or by `allowed_account_ids`; that of a template by the
configuration or `--account`. Where nothing is known of both accounts or both Regions, nothing is asked.

## See also

- [CreateVpcPeeringConnection](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html)
- [aws_vpc_peering_connection](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection)
- [Enhanced Region support](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support)
- [terraform-provider-aws #35485](https://github.com/hashicorp/terraform-provider-aws/pull/35485)
- [AWS::EC2::VPCPeeringConnection](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcpeeringconnection.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Language, Origin
from peerlint.network.network import Network
from peerlint.network.peerings.locators import Astray, MisplacedAccepter, Partitioned, locators
from peerlint.network.peerings.pairs import addresses, vpcs, written_at
from peerlint.network.places import Aspect
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe, Span
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

ARGUMENTS = {
    Aspect.REGION: {Language.TERRAFORM: "peer_region", Language.CLOUDFORMATION: "PeerRegion"},
    Aspect.ACCOUNT: {Language.TERRAFORM: "peer_owner_id", Language.CLOUDFORMATION: "PeerOwnerId"},
}


@rule("PL107", "peer-locator-mismatch", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each place that a peering names, or takes by default, and that the peer's VPC is not in."""
    for peering in network.peerings.declared:
        for item in locators(network, peering):
            if isinstance(item.truth, Maybe):
                yield _undecided(network, item, item.truth.reason)
            else:
                yield _finding(network, item)


def _finding(network: Network, item: Astray | Partitioned | MisplacedAccepter) -> Finding:
    match item:
        case Astray():
            return _astray(network, item)
        case Partitioned():
            return _partitioned(network, item)
        case MisplacedAccepter():
            return _misplaced(network, item)
        case _:
            assert_never(item)


def _astray(network: Network, item: Astray) -> Finding:
    origin = item.peering.origin
    argument = ARGUMENTS[item.aspect][origin.language]
    at = _argument_at(origin, item.aspect)
    sought, actual, what = name_of(item.sought), name_of(item.actual), item.aspect.value
    said = "looks" if item.written else f"has no {argument} and looks"
    own = "the" if item.written else "its own"
    requester, accepter = vpcs(network, item.peering)
    far = Note(f"{accepter.origin.name} is the accepter's VPC", accepter.origin.span)
    return Finding(
        f"{origin.name} from {described(network, requester)} {said} for {described(network, accepter)} in {own} {what} "
        f"{sought}, while that VPC is in {actual}: AWS finds no such VPC there and refuses the request "
        "(InvalidVpcID.NotFound)",
        at,
        addresses(network, item.peering),
        (
            *whence(item.sought, at),
            *((far,) if far.at != origin.span else ()),
            *whence(item.actual, accepter.origin.span),
        ),
        f"set {argument} to that of the accepter's VPC, {actual}",
        stack=origin.stack,
    )


def _partitioned(network: Network, item: Partitioned) -> Finding:
    requester, accepter = vpcs(network, item.peering)
    ends = zip((requester, accepter), item.regions, item.partitions, strict=True)
    one, other = (
        f"{described(network, vpc)} in {name_of(region)} (partition {partition})" for vpc, region, partition in ends
    )
    origin = item.peering.origin
    at = _argument_at(origin, Aspect.REGION)
    return Finding(
        f"{origin.name} joins {one} with {other}: no peering joins two partitions of AWS, and the request will fail",
        at,
        addresses(network, item.peering),
        tuple(note for region in item.regions for note in whence(region, at)),
        "connect them in another way, by a VPN for example",
        stack=origin.stack,
    )


def _misplaced(network: Network, item: MisplacedAccepter) -> Finding:
    peering = item.peering
    adopter = network.seen_from(item.accepter.origin, peering.origin.stack)
    requester, accepter = vpcs(network, peering)
    what, wanted = item.aspect.value, item.aspect.of(item.end.place)
    at = written_at(adopter, "region", "provider")
    return Finding(
        f"{adopter.name} of {peering.origin.name} from {described(network, requester)} runs in the {what} "
        f"{name_of(item.runs_in)}, and {described(network, accepter)}, the accepter's VPC, is in {name_of(wanted)}: "
        "a request is accepted only there, and the apply will fail",
        at,
        (adopter.address, *addresses(network, peering)),
        (
            *whence(item.runs_in, at),
            Note(f"{peering.origin.name} is requested here", peering.origin.span),
            *whence(wanted, peering.origin.span),
        ),
        f"run it under a provider of the accepter's {what}, {name_of(wanted)}",
        stack=peering.origin.stack,
    )


def _undecided(network: Network, item: Astray | Partitioned | MisplacedAccepter, reason: str) -> Undecided:
    peering = item.peering
    _, accepter = vpcs(network, peering)
    match item:
        case Astray(aspect=aspect):
            question = f"whether {peering.origin.name} looks for {accepter.origin.name} in its {aspect.value}"
            at = _argument_at(peering.origin, aspect)
        case Partitioned():
            question = f"whether {peering.origin.name} exists, which joins two partitions of AWS"
            at = peering.origin.span
        case MisplacedAccepter(accepter=adopter, aspect=aspect):
            name = network.seen_from(adopter.origin, peering.origin.stack).name
            question = f"whether {name} runs in the {aspect.value} of {accepter.origin.name}, the accepter's VPC"
            at = adopter.origin.span
        case _:
            assert_never(item)
    return Undecided(question, reason, at, addresses(network, peering), stack=peering.origin.stack)


def _argument_at(origin: Origin, aspect: Aspect) -> Span:
    """Where a request names the Region or account, else the request itself."""
    return written_at(origin, *ARGUMENTS[aspect].values())
