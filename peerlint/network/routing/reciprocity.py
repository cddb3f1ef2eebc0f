"""Whether both sides of a peering route to each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from peerlint.network.lookups.peerings import End
from peerlint.network.model import Peering, Route, Side
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import unroutable
from peerlint.network.remembered import remembered
from peerlint.network.routing.detours import detours
from peerlint.network.routing.sides import SIDES, open_routes, routed_families
from peerlint.network.routing.ways import Way, side_routes
from peerlint.network.values import Maybe


class OneWay(Struct, frozen=True):
    """A side that routes to the other and gets nothing back, in these address families."""

    sender: End
    silent: End
    versions: tuple[int, ...]
    routes: tuple[Route, ...]


@remembered
def one_ways(network: Network, peering: Peering) -> tuple[OneWay | Maybe, ...]:
    """Every side of a peering that has no way back; where there is none, why that is undecided, at most once.

    A side whose only routes over the peering lead astray is not among them: the rule about those routes speaks. Nor is
    one whose only way back lies in a table that no subnet uses, nor any of a peering that nothing is routed over.
    """
    return tuple(_one_ways(network, peering))


def _one_ways(network: Network, peering: Peering) -> Iterator[OneWay | Maybe]:
    if unroutable(network, peering):
        return
    families = routed_families(network, peering)
    sides = {side: side_routes(network, peering, side) for side in SIDES}
    ways = {(side, version): sides[side].way(version) for side in SIDES for version in families}
    doubts: list[Maybe] = []
    found = False
    for silent in SIDES:
        opens = open_routes(network, peering, silent).open
        judged = [
            _judge(ways[silent.other, v], ways[silent, v], chain(opens, _detours(network, peering, silent, v)))
            if _has_family(network, network.peerings.end(peering, silent.other), v)
            else None
            for v in families
        ]
        doubts += [verdict for verdict in judged if isinstance(verdict, Maybe)]
        lost = [(v, routes) for v, routes in zip(families, judged, strict=True) if isinstance(routes, tuple)]
        if lost:
            found = True
            sender, receiver = network.peerings.end(peering, silent.other), network.peerings.end(peering, silent)
            routes = tuple(dict.fromkeys(route for _, each in lost for route in each))
            yield OneWay(sender, receiver, tuple(v for v, _ in lost), routes)
    if not found:
        yield from doubts[:1]


def _has_family(network: Network, sender: End, version: int) -> bool:
    """Whether a VPC may send in an address family; without a block of it there is nothing to be answered."""
    blocks = network.vpcs.blocks(sender.vpc)
    return not blocks.closed or any(block.version == version for block in blocks)


def _judge(forward: Way, back: Way, opens: Iterator[Maybe]) -> tuple[Route, ...] | Maybe | None:
    """The forward routes that nothing answers, why that is undecided, or ``None`` where it is not so.

    Forward routes that only tables without subnets hold send nothing.
    """
    if back.truth is True or back.answered or forward.truth is False:
        return None
    if isinstance(back.truth, Maybe):
        return back.truth
    doubt = next(opens, None)
    if doubt is not None:
        return doubt
    if back.astray:
        return None
    if isinstance(forward.truth, Maybe):
        return forward.truth
    if forward.routes:
        return forward.routes
    return Maybe("the route table of the route that leads over is not told") if forward.inferred else None


def _detours(network: Network, peering: Peering, silent: Side, version: int) -> Iterator[Maybe]:
    """Routes of a side that may lead back by another way."""
    near = network.peerings.end(peering, silent.other).vpc
    for table in network.tables.of(network.peerings.end(peering, silent).vpc):
        yield from detours(network, table, near, version)
