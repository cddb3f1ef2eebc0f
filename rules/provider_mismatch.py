"""A resource runs in another Region or account than what it names.

## Why

A request to EC2 is made in one Region of one account and finds only what lives there. A route made under the
requester's provider into a table of the accepter's side is refused (`InvalidRouteTableID.NotFound`), and so are the
rule of a group, the options of a connection and the request for a connection under the wrong provider. The plan shows
nothing of it; ids look alike everywhere. With version 6 of the provider a resource's own `region` wins over that of its
provider.

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
  peer_region = "eu-west-1"
}

resource "aws_route" "ireland_to_london" {
  route_table_id            = aws_vpc.ireland.main_route_table_id
  destination_cidr_block    = "10.90.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id
}
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

resource "aws_route" "ireland_to_london" {
  provider                  = aws.ireland
  route_table_id            = aws_vpc.ireland.main_route_table_id
  destination_cidr_block    = "10.90.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.london_ireland.id
}
```

## Fix

Run the resource under the provider of what it names (`provider = aws.ireland`, or `region` with version 6). In a
module, pass that provider and name it. A CloudFormation template is one account and Region, so that nothing of it can
differ; what another Region needs is a template of its own.

Judged are routes over peerings, rules of groups whose VPC is peered, options of connections, and requests. Accepters
are PL107, options of the other side PL304.

## Undecided when

The two run under different providers of one root, and it is not told whether these are of one Region and account; the
resource, or what it names, may not exist.

## See also

- [Service endpoints of Amazon EC2](https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Using_Endpoints.html)
- [Enhanced Region support](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support)
- [The provider meta-argument](https://developer.hashicorp.com/terraform/language/meta-arguments/resource-provider)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.filtering.vicinity import described
from peerlint.network.network import Network
from peerlint.network.peerings.misplaced import Misplaced, Part, misplaced
from peerlint.network.peerings.pairs import addresses, written_at
from peerlint.network.routing.destinations import name_of
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule, whence

EFFECT = {
    Part.ROUTE: "AWS finds no such table there and refuses the route",
    Part.RULE: "AWS finds no such group there and refuses the rule",
    Part.OPTIONS: "AWS finds no such connection there and refuses the options",
    Part.REQUEST: "AWS finds no such VPC there and refuses the request",
}


WITH_A_VPC = {Part.ROUTE: "main route table", Part.RULE: "default security group"}
"""What AWS makes along with a VPC, so that no block declares it."""


@rule("PL219", "provider-mismatch", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each resource that runs where the thing that it names is not, and one question for all that run
    under one provider.
    """
    asked = set()
    for item in misplaced(network):
        if isinstance(item.truth, Maybe):
            subject = (item.origin.stack, item.names.address, item.aspect, item.truth.reason)
            if subject not in asked:
                asked.add(subject)
                yield _undecided(network, item, item.truth.reason)
        else:
            yield _finding(network, item)


def _finding(network: Network, item: Misplaced) -> Finding:
    at = written_at(item.origin, "region", "provider")
    what, lives_in = item.aspect.value, name_of(item.lives_in)
    return Finding(
        f"{item.origin.name} runs in the {what} {name_of(item.runs_in)}, and {_named(network, item)} is in {lives_in}: "
        f"{EFFECT[item.part]}",
        at,
        _addresses(network, item),
        (
            *whence(item.runs_in, at),
            Note(f"{item.names.name} is declared here", item.names.span),
            *whence(item.lives_in, item.names.span),
        ),
        f"run it under a provider of the {what} {lives_in}",
        stack=item.origin.stack,
    )


def _named(network: Network, item: Misplaced) -> str:
    """The thing that is named, with the VPC that it is of."""
    if item.part is Part.REQUEST:
        return f"{item.names.name}, the requester's VPC,"
    if item.side is not None:
        return f"the {item.side.value}'s side of {item.names.name}"
    if item.vpc is None:
        return item.names.name
    brought_along = item.names.address == item.vpc.origin.address
    what = f"the {WITH_A_VPC[item.part]}" if brought_along else item.names.name
    return f"{what} of {described(network, item.vpc)}"


def _addresses(network: Network, item: Misplaced) -> tuple[str, ...]:
    if item.part is Part.REQUEST and item.peering is not None:
        return addresses(network, item.peering)
    vpc = () if item.vpc is None else (item.vpc.origin.address,)
    return tuple(dict.fromkeys((item.origin.address, item.names.address, *vpc)))


def _undecided(network: Network, item: Misplaced, reason: str) -> Undecided:
    return Undecided(
        f"whether {item.origin.name} runs in the {item.aspect.value} of {item.names.name}",
        reason,
        item.origin.span,
        _addresses(network, item),
        stack=item.origin.stack,
    )
