"""A peering accepts itself across Regions or accounts.

## Why

`auto_accept` works only within one account and one Region. With `peer_region` written, even as the requester's own
Region, the AWS provider refuses to create the connection; without it, a connection to another account is requested,
and then the acceptance is refused and the apply fails with a half-made connection in the state. The plan shows none
of it.

## Bad

```hcl
resource "aws_vpc_peering_connection" "to_ireland" {
  vpc_id      = aws_vpc.frankfurt.id
  peer_vpc_id = "vpc-0d1e2f3a4b5c6d7e8"
  peer_region = "eu-west-1"
  auto_accept = true
}

resource "aws_vpc" "frankfurt" {
  cidr_block = "10.40.0.0/16"
}
```

## Good

```hcl
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

resource "aws_vpc" "frankfurt" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_vpc_peering_connection" "to_ireland" {
  vpc_id      = aws_vpc.frankfurt.id
  peer_vpc_id = "vpc-0d1e2f3a4b5c6d7e8"
  peer_region = "eu-west-1"
  auto_accept = false
}

resource "aws_vpc_peering_connection_accepter" "in_ireland" {
  provider                  = aws.ireland
  vpc_peering_connection_id = aws_vpc_peering_connection.to_ireland.id
  auto_accept               = true
}
```

## Fix

Set `auto_accept = false` and accept with an `aws_vpc_peering_connection_accepter` that runs under a provider of the
accepter's account and Region. CloudFormation has no such property.

## Undecided when

`auto_accept` or `peer_region` has no value (`peer_region` may be null), or the accounts or Regions of the two VPCs
are not told apart.

## See also

- [aws_vpc_peering_connection](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection)
- [aws_vpc_peering_connection_accepter](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_accepter)
- [terraform-provider-aws #6706](https://github.com/hashicorp/terraform-provider-aws/issues/6706)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, is_true, same_place, self_peered, vpcs
from peerlint.network.places import same_region
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Known, Maybe, Truth, Written, all_of, any_of, negate
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

REMEDY = (
    "set auto_accept = false, and accept with an aws_vpc_peering_connection_accepter under a provider of the "
    "accepter's account and Region"
)


@rule("PL105", "auto-accept-unsupported", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each peering that cannot accept itself and is told to."""
    for peering in network.peerings.declared:
        if self_peered(network, peering) is True:
            continue
        apart = any_of((_names_region(peering), negate(same_place(network, peering))))
        doubt = peering.origin.presence.doubt
        exists: Truth = True if doubt is None else Maybe(doubt)
        answer = all_of((is_true(peering.auto_accept), apart, exists))
        if answer is True:
            yield _finding(network, peering)
        elif isinstance(answer, Maybe):
            question = f"whether {peering.origin.name} accepts itself across Regions or accounts"
            at = peering.origin.at("auto_accept")
            yield Undecided(question, answer.reason, at, addresses(network, peering), stack=peering.origin.stack)


def _names_region(peering: Peering) -> Truth:
    """Whether ``peer_region`` has a value; the provider takes an empty one for none."""
    region = peering.peer_region
    if region is None:
        return False
    return bool(region.value) if isinstance(region, Known) else Maybe(region.reason)


def _finding(network: Network, peering: Peering) -> Finding:
    requester, accepter = vpcs(network, peering)
    names = f"{requester.origin.name} and {accepter.origin.name}"
    notes = [*whence(peering.auto_accept, peering.origin.at("auto_accept"))]
    if accepter.origin.span != peering.origin.span:
        notes.append(Note(f"{accepter.origin.name} is the accepter's VPC", accepter.origin.span))
    if _names_region(peering) is True and peering.peer_region is not None:
        why = f"peer_region is {name_of(peering.peer_region)}, and the provider refuses both together"
        at = peering.origin.at("peer_region")
        notes += [Note("peer_region is written here", at), *whence(peering.peer_region, at)]
    else:
        difference, places = _difference(network, peering)
        notes += [note for place in places for note in whence(place, peering.origin.span)]
        why = f"{difference}, and only the accepter's own account and Region can accept"
    return Finding(
        f"{peering.origin.name} between {names} has auto_accept = true, but {why}: the apply will fail",
        peering.origin.at("auto_accept"),
        addresses(network, peering),
        tuple(notes),
        REMEDY,
        stack=peering.origin.stack,
    )


def _difference(network: Network, peering: Peering) -> tuple[str, tuple[Written[str], ...]]:
    """What keeps the two sides apart, in words, and as it is written."""
    one, other = (end.place for end in network.peerings.ends(peering))
    if same_region(one, other) is False:
        said = f"they are in the Regions {name_of(one.region)} and {name_of(other.region)}"
        return said, (one.region, other.region)
    return f"they are in the accounts {name_of(one.account)} and {name_of(other.account)}", (one.account, other.account)
