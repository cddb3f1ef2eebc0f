"""Which routes of a table carry which part of a block: longest-prefix match, with what is not known kept apart.

The most specific destination wins; of equal ones a static route before one of a prefix list, and that before a
propagated one (https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html). In the blocks of the VPC
itself only the local route counts, and static routes to the targets that AWS lets be more specific than it (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr
from peerlint.network.cidr_index import CidrIndex
from peerlint.network.handles import Handle, handle
from peerlint.network.model import (
    CERTAIN,
    Gateway,
    GatewayKind,
    Origin,
    PrefixListDestination,
    Presence,
    Route,
    RouteTable,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, prefixes
from peerlint.network.routing.misroutes import is_barred
from peerlint.network.values import Known, Maybe, Unknown, first_doubt

LOCAL_TARGETS = frozenset({TargetKind.NAT, TargetKind.INTERFACE, TargetKind.INSTANCE, TargetKind.ENDPOINT})
"""The targets of routes that are more specific than the local one, or replace it."""


class Rank(IntEnum):
    """Which of two lines of one destination wins: the lower one."""

    STATIC = 0
    LOCAL = 1
    PREFIX_LIST = 2
    PROPAGATED = 3


class Line(Struct, frozen=True):
    """A destination of a table as its router sees it. ``doubt`` says why it may not be there.

    ``source`` is the route that states it, the VPC whose block the local route is for, or what a gateway propagates.
    """

    cidr: Cidr
    rank: Rank
    source: Route | Gateway | Vpc
    doubt: Maybe | None = None

    @property
    def route(self) -> Route | None:
        """The route that states it."""
        return self.source if isinstance(self.source, Route) else None

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return self.source.origin

    @property
    def order(self) -> tuple[int, int]:
        """What lines are compared by; the lowest wins."""
        return (-self.cidr.prefix, self.rank)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of a table. ``unplaced`` are the routes with a destination that is not told; ``open`` says why there
    may be routes that were not read.
    """

    items: tuple[Line, ...]
    unplaced: tuple[Route, ...] = ()
    open: tuple[Maybe, ...] = ()
    by_block: CidrIndex[Line] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the lines by their blocks."""
        object.__setattr__(self, "by_block", CidrIndex((line.cidr, line) for line in self.items))

    def meeting(self, block: Cidr) -> list[Line]:
        """The lines that have an address in common with a block, in their order."""
        return self.by_block.meeting(block)


class Part(Struct, frozen=True):
    """A range of addresses that one line carries.

    ``winners`` are the lines of the lowest order that are certainly there: none where nothing carries it, several
    where prefix lists overlap and AWS picks one of them. ``rivals`` would win, if they are there.
    """

    first: int
    last: int
    winners: tuple[Line, ...]
    rivals: tuple[Line, ...] = ()


def lines(network: Network, table: RouteTable, given: Presence = CERTAIN) -> Lines:
    """Every line of a table: its local routes, its routes with the entries of their prefix lists, propagated ones.

    ``given`` is the presence of what is taken to exist: what stands under the same conditions is in no doubt then.
    """
    vpc = network.vpcs.by_id(table.vpc, table.origin)
    local = list(_local(network, vpc))
    found, unplaced = list(local), []
    routes = network.routes.of(table)
    for route in routes:
        if is_barred(network, route):
            continue
        members = prefixes(network, route)
        for prefix in members:
            if isinstance(prefix.cidr, Known):
                found.append(_line(route, prefix, prefix.cidr.value, given))
        if members.open or any(isinstance(prefix.cidr, Unknown) for prefix in members):
            unplaced.append(route)
    found += _propagated(network, table, vpc)
    blocks = [line.cidr for line in local]
    return Lines(tuple(line for line in found if _counts(line, blocks)), tuple(unplaced), routes.open)


class Forwarding:
    """What the tables of a network forward by, each table read once."""

    def __init__(self, network: Network) -> None:
        """Read the tables of this network."""
        self.network = network
        self._read: dict[tuple[Handle | int, Presence], Lines] = {}

    def lines(self, table: RouteTable, given: Presence = CERTAIN) -> Lines:
        """Every line of a table, where what has this presence is taken to exist."""
        key = (handle(table.id) or id(table), given)
        if key not in self._read:
            self._read[key] = lines(self.network, table, given)
        return self._read[key]


@remembered
def forwarding(network: Network) -> Forwarding:
    """What the tables of a network forward by."""
    return Forwarding(network)


def _local(network: Network, vpc: Vpc) -> Iterator[Line]:
    for item in network.vpcs.placed_blocks(vpc):
        cidr = cidr_of(vpc, item.block)
        if isinstance(cidr, Known):
            yield Line(cidr.value, Rank.LOCAL, vpc, item.doubt)


def _line(route: Route, prefix: Prefix, cidr: Cidr, given: Presence) -> Line:
    listed = isinstance(route.destination, PrefixListDestination)
    doubt = first_doubt(implied(route.origin.presence, given), prefix.doubt)
    return Line(cidr, Rank.PREFIX_LIST if listed else Rank.STATIC, route, doubt)


def _propagated(network: Network, table: RouteTable, vpc: Vpc) -> Iterator[Line]:
    """The static routes of VPN connections that the gateway of the VPC propagates into a table."""
    given = network.tables.propagations(table)
    if not table.propagating_gateways and not given:
        return
    doubt = None if table.propagating_gateways else uncertain(given[0].origin.presence)
    for gateway in network.gateways.of(vpc):
        if gateway.kind is GatewayKind.CUSTOMER_ROUTE:
            for cidr in gateway.cidrs:
                if isinstance(cidr, Known):
                    exists = first_doubt(doubt, uncertain(gateway.origin.presence))
                    yield Line(cidr.value, Rank.PROPAGATED, gateway, exists)


def _counts(line: Line, local: Sequence[Cidr]) -> bool:
    """Whether a line is anything to the router, which ignores most of what lies in the VPC's own blocks."""
    if line.rank is Rank.LOCAL or not any(block.covers(line.cidr) for block in local):
        return True
    return line.rank is Rank.STATIC and line.route is not None and line.route.target.kind in LOCAL_TARGETS


def carried(lines: Sequence[Line], block: Cidr) -> tuple[Part, ...]:
    """What carries a block, part by part, from its first address to its last."""
    meant = sorted((line for line in lines if line.cidr.overlaps(block)), key=lambda line: line.order)
    edges = {block.first, block.last + 1}
    for line in meant:
        edges |= {edge for edge in (line.cidr.first, line.cidr.last + 1) if block.first < edge <= block.last}
    cuts = sorted(edges)
    parts: list[Part] = []
    for first, end in pairwise(cuts):
        winners, rivals = _winners([line for line in meant if line.cidr.first <= first <= line.cidr.last])
        if parts and (parts[-1].winners, parts[-1].rivals) == (winners, rivals):
            parts[-1] = Part(parts[-1].first, end - 1, winners, rivals)
        else:
            parts.append(Part(first, end - 1, winners, rivals))
    return tuple(parts)


def _winners(ordered: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The certain lines of the lowest order, and the doubtful ones of no higher order."""
    certain = next((line.order for line in ordered if line.doubt is None), None)
    winners = tuple(line for line in ordered if line.doubt is None and line.order == certain)
    rivals = tuple(line for line in ordered if line.doubt is not None and (certain is None or line.order <= certain))
    return winners, rivals
