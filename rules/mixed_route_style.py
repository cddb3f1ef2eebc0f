"""A route table lists its routes in its own block, and a route over a peering is added to it beside that.

## Why

With `route` blocks (or `route = []`) a route table of Terraform has exactly the routes that its block lists. An
`aws_route` for the same table is added by one apply and removed by the next one that changes the table, and so on:
the peering works until somebody applies again. CloudFormation and the `awscc` provider have no such lists.

## Bad

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

## Good

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.70.0.0/16"
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc" "stock" {
  cidr_block = "10.71.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_stock" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.stock.id
  auto_accept = true
}

resource "aws_route" "internet" {
  route_table_id         = aws_route_table.shop.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.shop.id
}

resource "aws_route" "shop_to_stock" {
  route_table_id            = aws_route_table.shop.id
  destination_cidr_block    = aws_vpc.stock.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection.shop_stock.id
}
```

## Fix

Write every route of the table as an `aws_route`, or list the route over the peering in the table too. Where something
else is meant to add routes, tell the table so: `lifecycle { ignore_changes = [route] }`.

## Undecided when

The table comes out of a module that was not read, or a `dynamic` block or an argument without a value tells whether
it lists any routes.

## See also

- [aws_route_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table)
- [aws_default_route_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.destinations import connection_of, destination_of
from peerlint.network.routing.mixtures import Mixture, Untold, mixtures
from peerlint.network.values import Maybe
from peerlint.rule import Finding, Fix, Note, Severity, Undecided, rule

SHOWN = 3


@rule("PL215", "mixed-route-style", Severity.ERROR, fix=Fix.SUGGEST)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """One finding for each table that lists its routes while resources of their own add routes over a peering to it."""
    for mixture in mixtures(network):
        if isinstance(mixture, Untold):
            yield _untold(mixture)
        elif isinstance(mixture.truth, Maybe):
            yield _question(network, mixture, mixture.truth.reason)
        else:
            yield _finding(network, mixture)


def _untold(untold: Untold) -> Undecided:
    route = untold.route.origin
    question = f"whether the table that {route.address} adds a route to lists its routes in its own block"
    at = written_at(route, "route_table_id")
    return Undecided(question, untold.reason, at, (route.address,), stack=route.stack)


def _addresses(mixture: Mixture) -> tuple[str, ...]:
    return (*(route.origin.address for route in mixture.routes[:1]), mixture.table.origin.address)


def _question(network: Network, mixture: Mixture, reason: str) -> Undecided:
    route = mixture.routes[0].origin
    table = network.seen_from(mixture.table.origin, route.stack).name
    question = f"whether {table} lists its routes in its own block beside {route.address}"
    return Undecided(question, reason, route.span, _addresses(mixture), stack=route.stack)


def _finding(network: Network, mixture: Mixture) -> Finding:
    route, more = mixture.routes[0].origin, mixture.routes[1:]
    table = network.seen_from(mixture.table.origin, route.stack).name
    over = connection_of(network, mixture.routes[0])
    further = f" and {len(more)} more add" if more else " adds"
    notes = [Note(f"{table} lists its routes here", mixture.listed.at)]
    notes += [Note(f"{other.origin.address} is removed as well", other.origin.span) for other in more[:SHOWN]]
    return Finding(
        f"{route.address}{further} {destination_of(mixture.routes[0])} over {over} to {table}, which lists its "
        "routes in its own block: the next apply removes what is not listed there, and the peer is no longer reached",
        route.span,
        _addresses(mixture),
        tuple(notes),
        f"write every route of {table} as a resource of its own, or set `ignore_changes = [route]` on the table",
        stack=route.stack,
    )
