"""Routes over a peering in tables whose own block lists all their routes, and routes that are in a table twice.

Terraform makes the routes of a table what its block lists, and so removes what resources of their own have added
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from msgspec import Struct

from peerlint.network.handles import Handle, handle
from peerlint.network.model import CidrDestination, Listing, PrefixListDestination, Route, RouteTable, TargetKind
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.presence import uncertain
from peerlint.network.routing.misroutes import misroute
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Why, first_doubt, unless


class Mixture(Struct, frozen=True):
    """Routes over peerings that are resources of their own, in a table whose block lists its routes."""

    truth: Truth
    table: RouteTable
    listed: Listing
    routes: tuple[Route, ...]


class Untold(Struct, frozen=True):
    """A route over a peering in a table of a module that was not read, which may list its routes."""

    route: Route
    reason: str


def mixtures(network: Network) -> Iterator[Mixture | Untold]:
    """The tables whose block lists other routes than those over peerings that are added to it; each once."""
    routes: dict[Handle, list[Route]] = defaultdict(list)
    untold: dict[object, Untold] = {}
    for route in network.routes.over_peerings:
        table, key = network.tables.by_id(route.table), handle(route.table)
        if table is not None and key is not None and table.listed is not None and not route.inline:
            routes[key].append(route)
        elif table is None and isinstance(route.table, Unknown) and route.table.why is Why.MODULE:
            of = route.table.cause or route.table.of
            untold.setdefault((route.origin.stack, of and of.address), Untold(route, route.table.reason))
    for added in routes.values():
        table = network.tables.by_id(added[0].table)
        if table is not None and table.listed is not None:
            yield from _mixture(table, table.listed, added)
    yield from untold.values()


def _mixture(table: RouteTable, listed: Listing, added: list[Route]) -> Iterator[Mixture]:
    """The mixture of the routes that certainly are there, else of those that may be."""
    given = table.origin.presence
    meant = [route for route in added if not route.origin.presence.excludes(given)]
    doubts = [first_doubt(uncertain(given), implied(route.origin.presence, given)) for route in meant]
    may_list = None if listed.doubt is None else Maybe(listed.doubt)
    certain = tuple(route for route, doubt in zip(meant, doubts, strict=True) if doubt is None)
    if certain:
        yield Mixture(unless(may_list), table, listed, certain)
    elif meant:
        yield Mixture(unless(doubts[0]), table, listed, tuple(meant))


class Duplicate(Struct, frozen=True):
    """Two routes of one table to one destination, the first of them or the second over a peering."""

    truth: Truth
    first: Route
    second: Route


def duplicates(network: Network) -> Iterator[Duplicate]:
    """The pairs of routes that one table cannot both have, each route at most once as the second.

    Those in a table whose block lists its routes and beside it are a mixture of styles, and that only. Blocks of one
    table that say the same are one route.
    """
    found: dict[Hashable, list[Route]] = defaultdict(list)
    for route in network.all(Route):
        key = _key(route)
        if key is not None and not route.origin.observed and not route.origin.presence.many:
            found[key].append(route)
    for routes in found.values():
        if len(routes) > 1 and any(_is_over_peering(network, route) for route in routes):
            yield from _pairs(network, sorted(routes, key=lambda route: (route.origin.span, route.origin.address)))


def _key(route: Route) -> Hashable | None:
    """What two routes have in common that are one: the table and the destination, where both are told."""
    table = handle(route.table)
    if table is None or (isinstance(table, Identity) and table.many):
        return None
    match route.destination:
        case CidrDestination(cidr=Known(value=cidr)):
            return (table, cidr)
        case (
            CidrDestination(cidr=Unknown(of=Identity(many=False) as of))
            | PrefixListDestination(id=Unknown(of=Identity(many=False) as of))
        ):
            return (table, of)
        case PrefixListDestination(id=Known(value=id)):
            return (table, id)
        case _:
            return None


def _is_over_peering(network: Network, route: Route) -> bool:
    """Whether a route is sent over a peering, as far as nothing else is wrong with it."""
    if route.target.kind is not TargetKind.PEERING and network.peerings.by_id(route.target.id) is None:
        return False
    wrong = misroute(network, route)
    return wrong is None or not wrong.settled


def _pairs(network: Network, routes: list[Route]) -> Iterator[Duplicate]:
    over = [_is_over_peering(network, route) for route in routes]
    untold = list(range(len(routes)))
    for one, first in enumerate(routes):
        again = [
            two for two in untold if two > one and (over[one] or over[two]) and _repeats(network, first, routes[two])
        ]
        untold = sorted(set(untold) - set(again))
        for second in (routes[two] for two in again):
            given = first.origin.presence
            together = first.origin.stack == second.origin.stack
            apart = None if together else Maybe("one of their stacks may replace the other")
            doubt = first_doubt(uncertain(given), implied(second.origin.presence, given), apart)
            yield Duplicate(unless(doubt), first, second)


def _repeats(network: Network, first: Route, second: Route) -> bool:
    return not first.origin.presence.excludes(second.origin.presence) and not _is_one(network, first, second)


def _is_one(network: Network, first: Route, second: Route) -> bool:
    """Whether two are alternatives of one block, blocks that say the same, or two styles of one table.

    What stands at one place in two stacks is a module that is a root as well.
    """
    alike = first.origin.address == second.origin.address or first.origin.stack != second.origin.stack
    if alike and first.origin.span == second.origin.span:
        return True
    if first.inline and second.inline:
        return first.target.id == second.target.id
    table = network.tables.by_id(first.table)
    return first.inline is not second.inline and table is not None and table.listed is not None
