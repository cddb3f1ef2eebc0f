"""DNS options of a peering are set before it is active.

## Why

`allow_remote_vpc_dns_resolution` can be set for an active connection only. The `requester` and `accepter` blocks of
an `aws_vpc_peering_connection` are applied along with the request: without `auto_accept = true` in the same resource
the connection is pending then, and the apply stops with "Unable to modify EC2 VPC Peering Connection Options". An
`aws_vpc_peering_connection_accepter` cannot help, since it waits for the connection.

An `aws_vpc_peering_connection_options` whose id is that of the request runs beside the accepter and fails as well:
"Peering options can be added only to active peerings". A second apply works, which hides the defect until the code
is applied somewhere else.

## Bad

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "peer"
  region = "eu-central-1"
}

resource "aws_vpc" "app" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "data" {
  provider             = aws.peer
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  peer_region = "eu-central-1"

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection_accepter" "app_data" {
  provider                  = aws.peer
  vpc_peering_connection_id = aws_vpc_peering_connection.app_data.id
  auto_accept               = true
}
```

## Good

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "peer"
  region = "eu-central-1"
}

resource "aws_vpc" "app" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc" "data" {
  provider             = aws.peer
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_vpc_peering_connection" "app_data" {
  vpc_id      = aws_vpc.app.id
  peer_vpc_id = aws_vpc.data.id
  peer_region = "eu-central-1"
}

resource "aws_vpc_peering_connection_accepter" "app_data" {
  provider                  = aws.peer
  vpc_peering_connection_id = aws_vpc_peering_connection.app_data.id
  auto_accept               = true

  accepter {
    allow_remote_vpc_dns_resolution = true
  }
}

resource "aws_vpc_peering_connection_options" "app" {
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.app_data.id

  requester {
    allow_remote_vpc_dns_resolution = true
  }
}
```

## Fix

Set the options in an `aws_vpc_peering_connection_options` of each side, with the *accepter's* id as its
`vpc_peering_connection_id` (or `depends_on` the accepter). Within one account and Region `auto_accept = true` in the
connection will do.

A dependency through other resources, local values and modules counts. Where nothing in the input accepts the request,
PL106 speaks of that instead. Options and accepters of different roots are applied in an order that no code tells, and
nothing is said of them.

## Undecided when

The request is accepted by code that is not in the input, or `auto_accept` has no value; the option, its resource or
the connection may not exist; a module that was not read, a `time_sleep` or a provisioner stands between the options
and the request, so that the accepter may be there in time.

## See also

- [aws_vpc_peering_connection_options](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_options)
- [aws_vpc_peering_connection_accepter](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection_accepter)
- [DNS resolution for a VPC peering connection](https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.dns.timing import Early, early
from peerlint.network.model import Origin
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import addresses, vpcs
from peerlint.network.values import Maybe, Span
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule


@rule("PL303", "dns-options-inactive", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Options that are set before their connection is active."""
    for item in early(network):
        if isinstance(item.truth, Maybe):
            yield _undecided(network, item, item.truth.reason)
        else:
            yield _finding(network, item)


def _finding(network: Network, item: Early) -> Finding:
    requester, accepter = vpcs(network, item.peering)
    between = f"between {requester.origin.name} and {accepter.origin.name}"
    accepting = item.accepting[0]
    if item.setter is item.peering.origin:
        message = (
            f"{item.setter.name} sets DNS options as it requests the peering {between}, which only {accepting.name} "
            "accepts, later: the connection is not active yet, and the apply fails"
        )
        remedy = (
            "set them in an aws_vpc_peering_connection_options for each side, with "
            f"vpc_peering_connection_id = {accepting.address}.id"
        )
    else:
        message = (
            f"{item.setter.name} sets DNS options of {item.peering.origin.name} {between} and does not wait for "
            f"{accepting.name}, which accepts it: options of a connection that is not active yet are refused"
        )
        remedy = f"set vpc_peering_connection_id = {accepting.address}.id, or depends_on = [{accepting.address}]"
    notes = [Note(f"{accepting.name} accepts the request", accepting.span)]
    if item.setter is not item.peering.origin:
        notes.append(Note(f"{item.peering.origin.name} is requested here", item.peering.origin.span))
    at = item.option.at if item.setter is item.peering.origin else _key(item.setter)
    return Finding(message, at, _addresses(network, item), tuple(notes), remedy, stack=item.setter.stack)


def _key(setter: Origin) -> Span:
    """The place of what ties an ``_options`` to its connection."""
    return setter.at("vpc_peering_connection_id")


def _addresses(network: Network, item: Early) -> tuple[str, ...]:
    return tuple(dict.fromkeys((item.setter.address, *addresses(network, item.peering))))


def _undecided(network: Network, item: Early, reason: str) -> Undecided:
    question = f"whether {item.peering.origin.name} is active when {item.setter.name} sets its DNS options"
    return Undecided(question, reason, item.option.at, _addresses(network, item), stack=item.setter.stack)
