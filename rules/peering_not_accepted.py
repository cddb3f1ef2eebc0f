"""Nothing accepts the request for a peering.

## Why

A request that nobody accepts stays `pending-acceptance` and expires after seven days. Routes to it are taken and
become black holes; nothing in the apply says so. An `aws_vpc_peering_connection_accepter` does not accept by itself:
its `auto_accept` is false unless it is written. In CloudFormation the creation of the stack fails where the peer's
account is another one and no `PeerRoleArn` lets the service accept there.

## Bad

```hcl
resource "aws_vpc" "app" {
  cidr_block = "10.50.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.51.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
}
```

```yaml
# run with --account 111122223333
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.50.0.0/16
  AppToPartner:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: vpc-0a1b2c3d4e5f60718
      PeerOwnerId: "222233334444"
```

## Good

```hcl
resource "aws_vpc" "app" {
  cidr_block = "10.50.0.0/16"
}

resource "aws_vpc" "data" {
  cidr_block = "10.51.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  auto_accept = true
}
```

```yaml
Resources:
  App:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.50.0.0/16
  AppToPartner:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref App
      PeerVpcId: vpc-0a1b2c3d4e5f60718
      PeerOwnerId: "222233334444"
      PeerRoleArn: arn:aws:iam::222233334444:role/accept-peering
```

## Fix

Within one account and Region, set `auto_accept = true` on the connection. Otherwise add an
`aws_vpc_peering_connection_accepter` with `auto_accept = true` under a provider of the accepter's account and Region;
in CloudFormation, name in `PeerRoleArn` (`peer_role_arn` of `awscc_ec2_vpc_peering_connection`) a role of the peer's
account that may accept.

Connections of third-party networks (MongoDB Atlas, HCP and others) are left alone: their services accept in their own
way.

## Undecided when

The accepter is, or may be, in an account or Region whose code is not in the input; an accepter names a connection that
is not told; `auto_accept` has no value; a script, function or nested stack is given the connection's id; the VPC is
looked up, so that it may be one that another account shares, and `peer_owner_id` is written. In CloudFormation: it is
not known whether the peer's account is another one. An inventory (`--inventory`) shows an accepted connection that may
be this one; with a plan or state it is known to be.

Where the owner of the peer's account accepts by hand, list the account under `third-parties` in the configuration.

## See also

- [aws_vpc_peering_connection_accepter](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_accepter)
- [AWS::EC2::VPCPeeringConnection](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcpeeringconnection.html)
- [VPC peering connection lifecycle](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Language, Peering
from peerlint.network.network import Network
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.peerings.pairs import addresses, same_place, vpcs, written_at
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

ROLE = {Language.CLOUDFORMATION: ("PeerRoleArn", "stack"), Language.TERRAFORM: ("peer_role_arn", "connection")}
"""What the role that accepts for the peer's account is called, and what fails without it."""


@rule("PL106", "peering-not-accepted", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each peering whose request nothing accepts."""
    for peering in network.peerings.declared:
        answer = verdict(network, peering)
        match answer, peering.origin.presence.doubt:
            case Verdict.PENDING, None:
                yield _without_role(network, peering) if peering.service_accepts else _pending(network, peering)
            case Verdict.PENDING, str(doubt):
                yield _question(network, peering, doubt)
            case Maybe(reason=reason), _:
                yield _question(network, peering, reason)


def _question(network: Network, peering: Peering, reason: str) -> Undecided:
    question = f"whether anything accepts {peering.origin.name}"
    return Undecided(question, reason, peering.origin.span, addresses(network, peering), stack=peering.origin.stack)


def _pending(network: Network, peering: Peering) -> Finding:
    requester, accepter = vpcs(network, peering)
    adopters = network.peerings.accepters(peering).items
    between = f"{peering.origin.name} between {requester.origin.name} and {accepter.origin.name}"
    lapse = "the connection stays pending and expires after seven days"
    if adopters:
        adopter = network.seen_from(adopters[0].origin, peering.origin.stack)
        message = f"{adopter.name} adopts {between} without auto_accept = true, which is false by default: {lapse}"
        given = whence(adopters[0].auto_accept, adopter.at("auto_accept"))
        notes = (*given, Note(f"{peering.origin.name} is requested here", peering.origin.span))
        return Finding(
            message,
            adopter.at("auto_accept"),
            addresses(network, peering),
            notes,
            "set auto_accept = true on it",
            stack=peering.origin.stack,
        )
    message = f"nothing accepts {between} (no auto_accept, and no accepter for it in the input): {lapse}"
    far = Note(f"{accepter.origin.name} is the accepter's VPC", accepter.origin.span)
    apart = far.at != peering.origin.span
    remedy = (
        "add an aws_vpc_peering_connection_accepter with auto_accept = true, under the provider of the accepter's side"
    )
    if same_place(network, peering) is True:
        remedy = "set auto_accept = true"
    return Finding(
        message,
        peering.origin.at("auto_accept"),
        addresses(network, peering),
        (*whence(peering.auto_accept, peering.origin.at("auto_accept")), *((far,) if apart else ())),
        remedy,
        stack=peering.origin.stack,
    )


def _without_role(network: Network, peering: Peering) -> Finding:
    requester, accepter = network.peerings.ends(peering)
    role, made = ROLE[peering.origin.language]
    message = (
        f"{peering.origin.name} joins {requester.vpc.origin.name} of account {name_of(requester.place.account)} "
        f"with {accepter.vpc.origin.name} of account {name_of(accepter.place.account)} and has no {role}: "
        f"nothing can accept the request, and the creation of the {made} will fail"
    )
    return Finding(
        message,
        written_at(peering.origin, "PeerOwnerId", "peer_owner_id"),
        addresses(network, peering),
        (
            *whence(accepter.place.account, written_at(peering.origin, "PeerOwnerId", "peer_owner_id")),
            Note(f"{requester.vpc.origin.name} is the requester's VPC", requester.vpc.origin.span),
        ),
        f"name in {role} a role of the peer's account that may accept the connection",
        Severity.ERROR,
        stack=peering.origin.stack,
    )
