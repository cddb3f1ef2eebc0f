"""Which side of a peering a route belongs to, and which routes are, or may be, sent over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from msgspec import Struct

from peerlint.network.handles import Handle, handle
from peerlint.network.lookups.peerings import End
from peerlint.network.members import Members
from peerlint.network.model import Kind, Peering, Route, RouteTable, Side, Vpc
from peerlint.network.network import Network
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import lies_in, prefixes
from peerlint.network.routing.towards import Towards
from peerlint.network.values import Maybe, Truth, Unknown

SIDES = (Side.REQUESTER, Side.ACCEPTER)


class Placement(Struct, frozen=True):
    """Whether a route's table is the requester's or the accepter's.

    ``inferred`` tells that only the destination says so: a route to one end's blocks sits on the other's side.
    """

    requester: Truth
    accepter: Truth
    inferred: bool = False

    def on(self, side: Side) -> Truth:
        """Whether the route is on this side."""
        return self.requester if side is Side.REQUESTER else self.accepter

    @property
    def told(self) -> Side | None:
        """The side whose VPC the table is known to be of."""
        return next((side for side in SIDES if self.on(side) is True and not self.inferred), None)

    @property
    def foreign(self) -> bool:
        """Whether the table is of neither side."""
        return self.requester is False and self.accepter is False


@remembered
def place(network: Network, peering: Peering, route: Route) -> Placement:
    """The side of a peering that a route belongs to."""
    table = network.tables.by_id(route.table)
    if table is None:
        unknown = Maybe(_untold(route))
        told: dict[Side, Truth] = dict.fromkeys(SIDES, unknown)
    else:
        vpc = network.vpcs.by_id(table.vpc, table.origin)
        told = {side: network.vpcs.same(vpc, network.peerings.end(peering, side).vpc) for side in SIDES}
    for side in SIDES:
        if told[side] is True:
            return _at(side)
    open_sides = [side for side in SIDES if isinstance(told[side], Maybe)]
    if len(open_sides) == len(SIDES) or (open_sides and peering.shown is not None):
        inferred = _infer(network, peering, route)
        if inferred in open_sides:
            return _at(inferred, inferred=True)
    return Placement(told[Side.REQUESTER], told[Side.ACCEPTER])


def _untold(route: Route) -> str:
    return route.table.reason if isinstance(route.table, Unknown) else f"the VPC of {route.table.value} is not told"


def _at(side: Side, *, inferred: bool = False) -> Placement:
    return Placement(side is Side.REQUESTER, side is Side.ACCEPTER, inferred)


def _infer(network: Network, peering: Peering, route: Route) -> Side | None:
    inside = [
        side
        for side in SIDES
        if any(lies_in(network, prefix, network.peerings.end(peering, side).vpc) for prefix in prefixes(network, route))
    ]
    return inside[0].other if len(inside) == 1 else None


@remembered
def candidates(network: Network, peering: Peering) -> tuple[tuple[Route, Truth], ...]:
    """The routes that are, or may be, sent over a peering, with the answer.

    Of the routes over a connection that is not told, those count that have a stack in common with the peering or one of
    its VPCs, or a table of one of them.
    """
    return tuple(_candidates(network, peering))


def _candidates(network: Network, peering: Peering) -> Iterator[tuple[Route, Truth]]:
    for route in network.routes.over(peering):
        yield route, network.peerings.same(route.target.id, peering.id)
    ends = network.peerings.ends(peering)
    stacks = {peering.origin.stack, *(end.vpc.origin.stack for end in ends if not end.vpc.outside)}
    near = {handle(end.vpc.id) for end in ends} - {None}
    for route in _strays(network, ends, stacks):
        table = network.tables.by_id(route.table)
        known = table is not None and handle(table.vpc) in near
        if (
            not route.origin.observed
            and route.origin.stack not in stacks
            and not known
            and not _may_be_of(network, route, table, ends)
        ):
            continue
        over = network.peerings.same(route.target.id, peering.id)
        if over is not False:
            yield route, over


def _strays(network: Network, ends: tuple[End, End], stacks: Collection[str]) -> Iterator[Route]:
    """The routes over connections that are not declared: those of code among which are all that may be one between
    these ends or are of some stacks, and those of both ends in an inventory.
    """
    yield from _strays_of_code(network).near(ends, stacks)
    for end in ends:
        yield from network.routes.observed_strays(network.tables.of(end.vpc))


class _Strays:
    """The routes of code over connections that the input does not declare, by stack, table's VPC and destination."""

    def __init__(self, network: Network) -> None:
        self._routes = network.routes.stray
        self._by_stack: dict[str, list[int]] = defaultdict(list)
        self._by_vpc: dict[Handle, list[int]] = defaultdict(list)
        for number, route in enumerate(self._routes):
            self._by_stack[route.origin.stack].append(number)
            table = network.tables.by_id(route.table)
            key = handle(table.vpc) if table is not None else None
            if key is not None:
                self._by_vpc[key].append(number)
        self._towards = Towards(network, ((n, prefixes(network, route)) for n, route in enumerate(self._routes)))

    def near(self, ends: tuple[End, End], stacks: Collection[str]) -> Iterator[Route]:
        if not self._routes:
            return
        numbers = {number for stack in stacks for number in self._by_stack.get(stack, ())}
        for end in ends:
            key = handle(end.vpc.id)
            numbers.update(self._by_vpc.get(key, ()) if key is not None else ())
            numbers.update(self._towards.certain(end.vpc))
        yield from (self._routes[number] for number in sorted(numbers))


@remembered
def _strays_of_code(network: Network) -> _Strays:
    return _Strays(network)


def _may_be_of(network: Network, route: Route, table: RouteTable | None, ends: tuple[End, End]) -> bool:
    """Whether a route of another stack, over a connection that it looks up, may be one between these ends."""
    if not any(lies_in(network, prefix, end.vpc) for prefix in prefixes(network, route) for end in ends):
        return False
    if table is None:
        return True
    vpc = network.vpcs.by_id(table.vpc, table.origin)
    return any(network.vpcs.same(vpc, end.vpc) is not False for end in ends)


@remembered
def open_routes(network: Network, peering: Peering, side: Side) -> Members[RouteTable]:
    """The tables of one side; open where a route over this peering may be declared in a place that was not read."""
    vpc = network.peerings.end(peering, side).vpc
    tables = network.tables.of(vpc)
    ids = (vpc.id, *(table.id for table in tables))
    reasons = (
        *tables.open,
        *_not_shown_yet(peering, vpc),
        *network.openness(Kind.ROUTE, vpc.origin.stack, *ids),
        *network.openness(Kind.ROUTE, peering.origin.stack, peering.id, *ids),
    )
    return Members(tables.items, tuple(dict.fromkeys(reasons)))


def _not_shown_yet(peering: Peering, vpc: Vpc) -> Iterator[Maybe]:
    """Why the tables of a VPC as an inventory shows them tell nothing of a connection that it does not show."""
    if vpc.outside and vpc.shown is not None and peering.shown is None:
        name = vpc.origin.address
        yield Maybe(
            f"the inventory does not show {peering.origin.address} under its id, so that the routes of {name} over it "
            "may still be to come (a plan or state of the code tells the id of a connection that exists)"
        )


@remembered
def routed_families(network: Network, peering: Peering) -> tuple[int, ...]:
    """The address families that routes over a peering are about; always IPv4."""
    six = any(
        prefix.version != 4 for route, _ in candidates(network, peering) for prefix in prefixes(network, route).items
    )
    return (4, 6) if six else (4,)
