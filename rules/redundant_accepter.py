"""An accepter adopts a connection where it was requested, with other tags.

## Why

Within one account and Region a peering is one object. `aws_vpc_peering_connection` and
`aws_vpc_peering_connection_accepter` then both manage it: the tags of the one are a difference for the other, which
every apply "corrects", and the plan never comes to rest. Tags are kept apart only where the accepter is in another
account or Region.

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

  tags = {
    Name = "app to data"
    Side = "requester"
  }
}

resource "aws_vpc_peering_connection_accepter" "app_data" {
  vpc_peering_connection_id = aws_vpc_peering_connection.app_data.id
  auto_accept               = true

  tags = {
    Name = "app to data"
    Side = "accepter"
  }
}
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

  tags = {
    Name = "app to data"
  }
}
```

## Fix

Set `auto_accept = true` on the connection and remove the accepter. A module that takes the same way for peers of any
account can give both the same tags, or ignore the changes of the accepter's (`ignore_changes = [tags]`): then nothing
is reported. What the `default_tags` of a provider add to them counts, and what its `ignore_tags` leave alone does not.
CloudFormation has no accepter.

## Undecided when

The two are certainly one object, and the tags of one of them, or whether the accepter exists, is not known. Where it
is not told whether they are one object, nothing is asked.

## See also

- [VPC peering basics](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html)
- [aws_vpc_peering_connection_accepter](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_accepter)
- [terraform-aws-vpc-peering-multi-account #117](https://github.com/cloudposse/terraform-aws-vpc-peering-multi-account/issues/117)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import described
from peerlint.network.network import Network
from peerlint.network.peerings.adoption import Adoption, adoptions
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe, Value
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence


@rule("PL108", "redundant-accepter", Severity.WARNING, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each accepter that fights with its own connection over the tags."""
    for peering in network.peerings.declared:
        for adoption in adoptions(network, peering):
            if isinstance(adoption.truth, Maybe):
                yield _undecided(network, adoption, adoption.truth.reason)
            else:
                yield _finding(network, adoption)


def _finding(network: Network, adoption: Adoption) -> Finding:
    peering = adoption.peering
    adopter = network.seen_from(adoption.accepter.origin, peering.origin.stack)
    requester, accepter = (described(network, vpc) for vpc in vpcs(network, peering))
    at, tagged = adopter.at("tags"), peering.origin.at("tags")
    return Finding(
        f"{adopter.name} adopts {peering.origin.name} between {requester} and {accepter} in the account and Region "
        f"where it is requested: both are one object there, whose tag {adoption.key} the connection "
        f"{_said(adoption.requested)} and the accepter {_said(adoption.adopted)}, so that each apply undoes the other",
        at,
        (adopter.address, *addresses(network, peering)),
        (
            *whence(adoption.adopted, at),
            Note(f"{peering.origin.name} has its tags here", tagged),
            *whence(adoption.requested, tagged),
        ),
        "set auto_accept = true on the connection and remove the accepter, or give both the same tags",
        stack=peering.origin.stack,
    )


def _said(value: Value[str]) -> str:
    return "leaves out" if value is None else f"sets to {name_of(value)}"


def _undecided(network: Network, adoption: Adoption, reason: str) -> Undecided:
    peering = adoption.peering
    adopter = network.seen_from(adoption.accepter.origin, peering.origin.stack)
    question = f"whether {adopter.name} and {peering.origin.name}, which are one object, set the same tags"
    return Undecided(
        question,
        reason,
        adopter.at("tags"),
        (adopter.address, *addresses(network, peering)),
        stack=peering.origin.stack,
    )
