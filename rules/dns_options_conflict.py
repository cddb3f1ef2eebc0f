"""Two resources set the DNS option of the same side of a peering.

## Why

The `requester` and `accepter` blocks of a connection or of its accepter, and `aws_vpc_peering_connection_options`, set
the same options. Where two of them set the same side, each apply overwrites what the other one has set; with equal
values this shows only when one of them is changed, and then looks as if the change had no effect.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = false
  }
}

resource "aws_vpc_peering_connection_options" "hub_spoke" {
  vpc_peering_connection_id = aws_vpc_peering_connection.hub_spoke.id

  requester {
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
  Options:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: !Ref SdkCallFunction
      Service: EC2
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref HubToSpoke
        RequesterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: true
  OldOptions:
    Type: Custom::PeeringOptions
    Properties:
      ServiceToken: !Ref SdkCallFunction
      Service: EC2
      Action: modifyVpcPeeringConnectionOptions
      Parameters:
        VpcPeeringConnectionId: !Ref HubToSpoke
        RequesterPeeringConnectionOptions:
          AllowDnsResolutionFromRemoteVpc: false
```

## Good

```hcl
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
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
  Options:
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

Keep `aws_vpc_peering_connection_options` and delete the block of the other resource. One resource for each side is
fine, and so is a side that `ignore_changes` leaves to the other resource.

## Undecided when

One of the two resources, or the block in it, may not exist. Two that exclude each other do not conflict. A side that a
resource cannot set from where it runs is PL304, and does not count here.

## See also

- [aws_vpc_peering_connection_options](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options)
- [aws_vpc_peering_connection](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection)
- [ModifyVpcPeeringConnectionOptions](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.dns.conflicts import Conflict, conflicts
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import PeeringOptions
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.network.values import Known, Maybe, Written
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL305", "dns-options-conflict", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each resource that sets a side which another one sets."""
    for peering in network.peerings.judged:
        for conflict in conflicts(network, peering):
            if isinstance(conflict.truth, Maybe):
                yield _undecided(network, conflict, conflict.truth.reason)
            else:
                yield _finding(network, conflict)


def _finding(network: Network, conflict: Conflict) -> Finding:
    peering, option, other = conflict.peering, conflict.option, conflict.kept_option
    source, kept = (network.seen_from(s.origin, peering.origin.stack) for s in (conflict.source, conflict.kept))
    requester, accepter = (described(network, vpc) for vpc in vpcs(network, peering))
    values = dict.fromkeys((f"to {_shown(option.value)}", f"to {_shown(other.value)}"))
    return Finding(
        f"{source.name} and {kept.name} both set the DNS option of the {option.side.value}'s side of the peering "
        f"between {requester} and {accepter}, {' and '.join(values)}: {_effect(conflict)}",
        option.at,
        (source.address, kept.address, *addresses(network, peering)),
        (
            *whence(option.value, option.at),
            Note(f"{kept.name} sets it here", other.at),
            *whence(other.value, other.at),
        ),
        _remedy(conflict),
        stack=peering.origin.stack,
    )


def _effect(conflict: Conflict) -> str:
    if conflict.option.value == conflict.kept_option.value and isinstance(conflict.option.value, Known):
        return "a change of one of them is undone by the other"
    return "each apply overwrites what the other one has set"


def _remedy(conflict: Conflict) -> str:
    if isinstance(conflict.source, PeeringOptions):
        return "keep one of the two"
    return f"delete the {conflict.option.side.value} block here"


def _shown(value: Written[bool]) -> str:
    return str(value.value).lower() if isinstance(value, Known) else f"`{value.name}`"


def _undecided(network: Network, conflict: Conflict, reason: str) -> Undecided:
    peering, side = conflict.peering, conflict.option.side.value
    source, kept = (network.seen_from(s.origin, peering.origin.stack) for s in (conflict.source, conflict.kept))
    return Undecided(
        f"whether {source.name} and {kept.name}, which set the DNS option of the {side}'s side of one peering, both "
        "exist",
        reason,
        conflict.option.at,
        (source.address, kept.address, *addresses(network, peering)),
        stack=peering.origin.stack,
    )
