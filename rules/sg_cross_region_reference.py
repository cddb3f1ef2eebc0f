"""A security group rule names a group of another Region.

## Why

A rule may name a security group of a peered VPC, in the same account or in another, as long as both groups are in one
Region. A group of another Region is refused: InvalidGroup.NotFound, "You have specified two resources that belong to
different networks". The plan cannot see it, since an id is only a string. Across Regions a rule has to name the
peer's address blocks.

## Bad

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  provider   = aws.frankfurt
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  peer_region = "eu-central-1"
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.app.id
}

resource "aws_security_group" "database" {
  provider = aws.frankfurt
  name     = "database"
  vpc_id   = aws_vpc.data.id

  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.app.id]
  }
}
```

## Good

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

resource "aws_vpc" "app" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "data" {
  provider   = aws.frankfurt
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  peer_region = "eu-central-1"
}

resource "aws_security_group" "database" {
  provider = aws.frankfurt
  name     = "database"
  vpc_id   = aws_vpc.data.id

  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.app.cidr_block]
  }
}
```

## Fix

Name the CIDR blocks of the peer's VPC, or of the subnets where its clients are, instead of the group.

## Undecided when

- the Region of one of the groups is not known, and the group's VPC has a peering that is not known to stay within its
  Region;
- the group named is a literal id, a variable or `account/sg-…`, and the VPC has such a peering;
- the rule may not exist.

A CloudFormation template is one Region, so that its own groups never differ, and it does not say which: the
configuration does (`region`). A group of another account is then reported if every peering of the VPC leads to
another Region, one of them to that account, and no transit gateway joins it.

## See also

- [Reference peer security groups](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)
- [aws_vpc_security_group_ingress_rule](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.references import Crossing, crossings
from peerlint.network.filtering.vicinity import described
from peerlint.network.model import Direction, Vpc
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Written
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL401", "sg-cross-region-reference", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Rules of security groups that name a group of another Region."""
    for crossing in crossings(network):
        if isinstance(crossing.truth, Maybe):
            yield _undecided(crossing, crossing.truth.reason)
        else:
            yield _finding(network, crossing)


def _finding(network: Network, crossing: Crossing) -> Finding:
    way = "source" if crossing.permission.direction is Direction.INGRESS else "destination"
    own = _of(network, crossing.own, crossing.region)
    message = (
        f"{crossing.group}{own} names {crossing.named}{_of(network, crossing.far, crossing.far_region)} as a {way}: "
        "groups can be referenced within one Region only, so that AWS refuses the rule (InvalidGroup.NotFound)"
    )
    named = network.groups.by_id(crossing.peer.group)
    notes = [*whence(crossing.region, crossing.peer.at)]
    if named is not None:
        notes.append(Note(f"{named.origin.name} is declared here", named.origin.span))
    notes += whence(crossing.far_region, crossing.peer.at)
    if crossing.far is not None and crossing.far.blocks:
        notes.append(Note(f"{crossing.far.origin.name} has the blocks to name instead", crossing.far.origin.span))
    return Finding(
        message,
        crossing.peer.at,
        _addresses(network, crossing),
        tuple(notes),
        _remedy(crossing.far),
        stack=crossing.permission.origin.stack,
    )


def _addresses(network: Network, crossing: Crossing) -> tuple[str, ...]:
    """The rule, its group, and the group that it names."""
    permission, peer = crossing.permission, crossing.peer
    ids = ((permission.group, crossing.group), (peer.group, crossing.named))
    found = ((network.groups.by_id(id), name) for id, name in ids)
    return (permission.origin.address, *(name if group is None else group.origin.address for group, name in found))


def _of(network: Network, vpc: Vpc | None, region: Written[str]) -> str:
    where = f" in {region.value}" if isinstance(region, Known) else ""
    return f" of {described(network, vpc)}{where}" if vpc is not None else where


def _remedy(far: Vpc | None) -> str:
    blocks = [b.cidr.value for b in far.blocks if isinstance(b.cidr, Known)] if far is not None else []
    if not blocks:
        return "name the address blocks of the peer's VPC instead of the group"
    return f"name {' and '.join(map(str, blocks))}, or the subnets concerned, instead of the group"


def _undecided(crossing: Crossing, reason: str) -> Undecided:
    question = f"whether {crossing.named}, which {crossing.group} names, is in the same Region"
    return Undecided(
        question,
        reason,
        crossing.peer.at,
        (crossing.permission.origin.address, crossing.named),
        stack=crossing.permission.origin.stack,
    )
