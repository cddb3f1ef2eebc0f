"""A peered VPC has DNS support or DNS hostnames switched off.

## Why

Names resolve to private addresses over a peering only if *both* VPCs have DNS support and DNS hostnames. DNS
hostnames are off by default in a VPC that Terraform or CloudFormation makes, so leaving the argument out is as good
as writing `false`. With the peering's DNS option on, the option then does nothing and no error says so: that is a
warning. Where the option is off as well, it is a note.

## Bad

```hcl
resource "aws_vpc" "hub" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "spoke" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "hub_spoke" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.spoke.id
  auto_accept = true

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  accepter {
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
      EnableDnsHostnames: true
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

  requester {
    allow_remote_vpc_dns_resolution = true
  }

  accepter {
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
      EnableDnsHostnames: true
  Spoke:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
      EnableDnsHostnames: true
  HubToSpoke:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Hub
      PeerVpcId: !Ref Spoke
```

## Fix

Set `enable_dns_hostnames = true` (`EnableDnsHostnames: true`), and leave `enable_dns_support` at its default, true.

## Undecided when

- the VPC is looked up, given by an id or a variable, or a default VPC: its attributes are not in the input, unless an
  inventory (`--inventory`) holds the output of `aws ec2 describe-vpc-attribute`;
- an attribute is an unknown value;
- the VPC, or every peering of it, may not exist.

A third party's VPC is left alone: nothing in the input can change it.

## See also

- [DNS resolution for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html)
- [DNS attributes for your VPC](https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html)
- [aws_vpc](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from peerlint.network.dns.options import PeeredVpc, peered_vpcs, resolves
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Language, Peering, Vpc
from peerlint.network.network import Network
from peerlint.network.values import Known, Span, Unknown, Written
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

ATTRIBUTES = {
    Language.TERRAFORM: ("enable_dns_support", "enable_dns_hostnames"),
    Language.CLOUDFORMATION: ("EnableDnsSupport", "EnableDnsHostnames"),
    Language.INVENTORY: ("enableDnsSupport", "enableDnsHostnames"),
}


@rule("PL302", "dns-vpc-attributes", Severity.WARNING, fix=Fix.AUTO)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """VPCs at the end of a peering that have DNS switched off."""
    for peered in peered_vpcs(network):
        language = Language.INVENTORY if _is_shown(peered.vpc) else peered.vpc.origin.language
        read = dict(zip(ATTRIBUTES[language], (peered.vpc.dns_support, peered.vpc.dns_hostnames), strict=True))
        off = [name for name, value in read.items() if isinstance(value, Known) and not value.value]
        unknown = [value for value in read.values() if isinstance(value, Unknown)]
        doubt = _doubt(peered)
        if off and doubt is None:
            yield _finding(network, peered, {name: read[name] for name in off})
        elif off or unknown:
            yield _undecided(peered, str(doubt) if off else _why(peered, unknown[0]))


def _is_shown(vpc: Vpc) -> bool:
    """Whether an inventory, and no code, describes the VPC."""
    return vpc.outside and vpc.shown is not None


def _place(peered: PeeredVpc) -> Span:
    """Where the VPC is declared, or, where only an inventory shows it, a peering of the code that ends in it."""
    return peered.peerings[0].origin.span if peered.vpc.origin.observed else peered.vpc.origin.span


def _doubt(peered: PeeredVpc) -> str | None:
    """Why the VPC may not exist, or may not be peered."""
    doubts = [peering.origin.presence.doubt for peering in peered.peerings]
    return peered.vpc.origin.presence.doubt or (None if None in doubts else doubts[0])


def _finding(network: Network, peered: PeeredVpc, off: Mapping[str, Written[bool]]) -> Finding:
    vpc = peered.vpc
    on = [peering for peering in peered.peerings if resolves(network, peering)]
    peering = (on or list(peered.peerings))[0]
    far = _far(network, peering, vpc)
    written = [f"{name} = false" + _whence(vpc, name) for name in off]
    effect = (
        "its DNS resolution option is on and has no effect"
        if on
        else "hostnames cannot resolve to private addresses over it, whatever its options say"
    )
    at = next((vpc.origin.arguments[name] for name in off if name in vpc.origin.arguments), _place(peered))
    return Finding(
        f"{described(network, vpc)} has {' and '.join(written)} and is peered with {described(network, far)} "
        f"by {peering.origin.name}: {effect}",
        at,
        (vpc.origin.address,),
        (
            *(note for name, value in off.items() for note in whence(value, _written(peered, name))),
            *(Note(f"{p.origin.name} ends in {vpc.origin.name}", p.origin.span) for p in on or peered.peerings),
        ),
        f"set {' and '.join(f'{name} = true' for name in off)}",
        None if on else Severity.NOTE,
        stack=peered.peerings[0].origin.stack,
    )


def _whence(vpc: Vpc, name: str) -> str:
    """How it is known that an attribute is off, where that is not written."""
    if _is_shown(vpc):
        return " (as the inventory shows it)"
    return "" if name in vpc.origin.arguments else " (the default)"


def _written(peered: PeeredVpc, name: str) -> Span:
    return peered.vpc.origin.arguments.get(name, _place(peered))


def _far(network: Network, peering: Peering, vpc: Vpc) -> Vpc:
    left, right = network.peerings.ends(peering)
    return right.vpc if left.vpc.id == vpc.id else left.vpc


def _why(peered: PeeredVpc, value: Unknown) -> str:
    if _is_shown(peered.vpc):
        return f"the inventory does not hold `aws ec2 describe-vpc-attribute` of {peered.vpc.origin.name}"
    return (
        f"{peered.vpc.origin.name} is not declared in the input, so that its DNS settings are not told"
        if peered.vpc.outside
        else value.reason
    )


def _undecided(peered: PeeredVpc, reason: str) -> Undecided:
    address = peered.vpc.origin.address
    return Undecided(
        f"whether {peered.vpc.origin.name} has DNS support and DNS hostnames",
        reason,
        _place(peered),
        (address,),
        stack=peered.peerings[0].origin.stack,
    )
