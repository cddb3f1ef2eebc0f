"""One side of a peering, or neither, lets the other resolve its DNS names to private addresses.

## Why

Each side of a peering has an option, `allow_remote_vpc_dns_resolution`, that is off until something sets it. While it
is off, the public DNS hostname of an instance of that side resolves to its *public* address when the other side asks.
Clients that use names then leave the peering: the connection goes over the internet gateway, is refused by groups
that admit only private addresses, or finds no public address at all. Nothing in the plan says so, and the peering
itself is active.

The option concerns the public DNS hostnames of instances. A private hosted zone answers only in the VPCs associated
with it, whatever the option says.

One side that is on while the other was never mentioned is usually an oversight; `false`, written out, is a decision,
and only noted. CloudFormation has no property for the option, which is noted at each peering of a template.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "spoke" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}
```

```yaml
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  HubToSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
```

## Good

```hcl
resource "aws_vpc" "hub" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "spoke" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true
}

resource "aws_vpc_peering_connection_options" "hub_spoke" {
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_spoke.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}
```

```yaml
Parameters:
  SdkCallFunction:
    Type: String
Resources:
  Hub:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  HubToSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
  HubToSpokeOptions:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: !Ref SdkCallFunction
      Service: EC2
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref HubToSpoke
        RequesterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
        AccepterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
```

## Fix

Set `allow_remote_vpc_dns_resolution = true` for both sides in `aws_vpc_peering_connection_options`: one resource
within one account and Region, otherwise one for each side under that side's provider, keyed to the accepter's id.
Where nobody uses names across the peering, write `false` on both sides and it is no more than a note. In
CloudFormation call ModifyVpcPeeringConnectionOptions from a custom resource or from the command line, once the
connection is active.

## Undecided when

- an option is an unknown value, or belongs to a resource whose `count` or `for_each` is unknown;
- `ignore_changes` leaves the options to others, or a script in the code calls ModifyVpcPeeringConnectionOptions. A
  custom resource of a template that states the parameters of the call is read as what it sets: CDK's
  `AwsCustomResource`, or one whose properties are the parameters of the call;
- something that was not read may set it, or a resource whose connection is given by a variable or a look-up;
- a side is in another account or Region and the input is not seen to deploy there (no accepter, no VPC, route, group
  or option of that place), or its VPC is not declared here and nothing here accepts the request: its option is then
  set elsewhere, if at all. The near side is judged all the same. A looked-up VPC in the requester's own account and
  Region is judged, since the option belongs to the connection and not to the VPC. Of a connection that an inventory
  (`--inventory`) shows under its id, an option that nothing here sets is the one that is there;
- the option of a side is written in a resource of the other side's account or Region, which cannot set it;
- a third party owns the other side.

## See also

- [DNS resolution for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html)
- [ModifyVpcPeeringConnectionOptions](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html)
- [aws_vpc_peering_connection_options](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options)
- [AWS::EC2::VPCPeeringConnection](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-vpcpeeringconnection.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.dns.options import Choice, Setting, choices
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Language, Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, is_cloudformation, self_peered
from peerlint.network.values import Known, Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

OPTION = {
    Language.TERRAFORM: "allow_remote_vpc_dns_resolution",
    Language.CLOUDFORMATION: "AllowDnsResolutionFromRemoteVpc",
}
DECIDE = "or write false on both sides if nothing uses names across this peering"
CALL = "call ModifyVpcPeeringConnectionOptions from a custom resource, or with the AWS CLI once it is active"


@rule("PL301", "dns-resolution-disabled", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Peerings of which a side does not let the other resolve its names."""
    for peering in network.peerings.judged:
        if self_peered(network, peering) is True:
            continue
        left, right = choices(network, peering)
        doubt = peering.origin.presence.doubt
        if is_cloudformation(peering) and not {Setting.ON, Setting.OFF} & {left.setting, right.setting}:
            yield from _template(network, peering, left, right, doubt)
        elif peering.third_party is not None:
            yield _undecided(network, peering, left, f"one side is {peering.third_party}'s")
        else:
            for item in _judge(network, peering, left, right):
                certain = doubt is None or isinstance(item, Undecided)
                yield item if certain else _undecided(network, peering, left, str(doubt))


def _template(
    network: Network, peering: Peering, left: Choice, right: Choice, doubt: str | None
) -> Iterator[Finding | Undecided]:
    """A note for the sides that certainly have the default; the far one may be set by a stack over there."""
    for side in (left, right):
        if isinstance(side.setting, Maybe):
            yield _undecided(network, peering, side, side.setting.reason)
    if isinstance(left.setting, Maybe):
        return
    if doubt is not None:
        yield _undecided(network, peering, left, doubt)
        return
    subject = f"{_pair(network, peering)} do not resolve each other's DNS hostnames to private addresses"
    if isinstance(right.setting, Maybe):
        near, far = (described(network, side.vpc) for side in (left, right))
        subject = f"{far} does not resolve DNS hostnames of {near} to private addresses"
    message = f"{subject}: the option is off by default, and CloudFormation has no property for it"
    yield Finding(
        message,
        peering.origin.span,
        addresses(network, peering),
        remedy=CALL,
        severity=Severity.NOTE,
        stack=peering.origin.stack,
    )


def _as_shown(*sides: Choice) -> str:
    return ", as the inventory shows it" if any(side.observed for side in sides) else ""


def _judge(network: Network, peering: Peering, left: Choice, right: Choice) -> Iterator[Finding | Undecided]:
    match left.setting, right.setting:
        case Setting.ABSENT, Setting.ABSENT:
            yield _neither(network, peering, left, right)
        case (Setting.OFF, Setting.OFF | Setting.ABSENT) | (Setting.ABSENT, Setting.OFF):
            yield _decided_off(network, peering, [side for side in (left, right) if side.setting is Setting.OFF])
        case _:
            for near, far in ((left, right), (right, left)):
                if isinstance(near.setting, Maybe):
                    yield _undecided(network, peering, near, near.setting.reason)
                elif near.setting is not Setting.ON:
                    yield _one_way(network, peering, near, far)


def _neither(network: Network, peering: Peering, left: Choice, right: Choice) -> Finding:
    nameless = all(end.vpc.dns_hostnames == Known(False) for end in network.peerings.ends(peering))
    effect = (
        "neither VPC gives its instances DNS hostnames as it is, and with them traffic by name would leave the peering"
        if nameless
        else "the public DNS hostname of an instance gives its public address on the other side, so that traffic by "
        "name does not take the peering"
    )
    message = (
        f"neither side of the peering between {_pair(network, peering)} sets {_option(peering)}"
        f"{_as_shown(left, right)}: {effect}"
    )
    remedy = f"set {_option(peering)} = true for both sides, {DECIDE}"
    return Finding(
        message,
        peering.origin.span,
        addresses(network, peering),
        remedy=remedy,
        severity=Severity.NOTE if left.observed and right.observed else None,
        stack=peering.origin.stack,
    )


def _decided_off(network: Network, peering: Peering, off: list[Choice]) -> Finding:
    message = (
        f"{_option(peering)} is set to false, and to true on neither side of the peering between "
        f"{_pair(network, peering)}: it is of use by address only"
    )
    first, *rest = off
    notes = [*whence(first.value, first.at)]
    for side in rest:
        notes += [Note(f"the {side.side.value}'s side is set here", side.at), *whence(side.value, side.at)]
    notes.append(Note(f"{peering.origin.name} joins them", peering.origin.span))
    remedy = f"set {_option(peering)} = true for both sides if anything uses names across it"
    return Finding(
        message,
        first.at,
        addresses(network, peering),
        tuple(notes),
        remedy,
        Severity.NOTE,
        stack=peering.origin.stack,
    )


def _one_way(network: Network, peering: Peering, near: Choice, far: Choice) -> Finding:
    off = near.setting is Setting.OFF
    written = "is false" if off else "is not set"
    other = "is true" if far.setting is Setting.ON else "is not known"
    message = (
        f"DNS resolution over {peering.origin.name} works one way at most: {_option(peering)} {written} for the "
        f"{near.side.value} {described(network, near.vpc)} and {other} for the {far.side.value} "
        f"{described(network, far.vpc)}, so that public DNS hostnames of {near.vpc.origin.name} give "
        f"public addresses in {far.vpc.origin.name}{_as_shown(near, far)}"
    )
    notes = [*whence(near.value, near.at)]
    if far.setting is Setting.ON:
        notes += [Note(f"the {far.side.value}'s side is set here", far.at), *whence(far.value, far.at)]
    if near.at != peering.origin.span:
        notes.append(Note(f"{peering.origin.name} is requested here", peering.origin.span))
    remedy = f"set {_option(peering)} = true for the {near.side.value}, or false on purpose"
    if is_cloudformation(peering):
        remedy += " (by ModifyVpcPeeringConnectionOptions: CloudFormation has no property for it)"
    return Finding(
        message,
        near.at,
        addresses(network, peering),
        tuple(notes),
        "" if off else remedy,
        Severity.NOTE if off or (near.observed and far.observed) else None,
        stack=peering.origin.stack,
    )


def _undecided(network: Network, peering: Peering, side: Choice, reason: str) -> Undecided:
    question = f"whether hostnames of {side.vpc.origin.name} resolve to private addresses over {peering.origin.name}"
    return Undecided(question, reason, side.at, addresses(network, peering), stack=peering.origin.stack)


def _option(peering: Peering) -> str:
    """What the option is called where the peering is written: CloudFormation knows it as the API does."""
    return OPTION[peering.origin.language]


def _pair(network: Network, peering: Peering) -> str:
    requester, accepter = network.peerings.ends(peering)
    return f"{described(network, requester.vpc)} and {described(network, accepter.vpc)}"
