"""What a peering is routed for: the destinations of one side's routes over it, in one table or in all of them.

Routes that AWS refuses, or that are in a table of neither side, are no ways. IPv4 and IPv6 are routed apart
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain, islice

from msgspec import Struct

from peerlint.network.handles import handle
from peerlint.network.intervals import Addresses
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import Peering, Route, RouteTable, Side, TargetKind
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, leads_to, prefixes, shares, shares_block
from peerlint.network.routing.detours import detours
from peerlint.network.routing.effective import in_use
from peerlint.network.routing.misdirected import misdirected
from peerlint.network.routing.misroutes import is_barred
from peerlint.network.routing.sides import candidates, open_routes, place
from peerlint.network.routing.towards import towards
from peerlint.network.values import Known, Maybe, Truth, Unknown, all_of, any_of, same, unless


class Lead(Struct, frozen=True):
    """A destination of a route.

    ``truth`` tells whether the route exists, is sent over the peering from a table of the side, and has the
    destination. ``told`` tells that the table says so, and not only the destination.
    """

    route: Route
    prefix: Prefix
    truth: Truth
    told: bool

    @property
    def certain(self) -> bool:
        """Whether a claim can rest on it."""
        return self.truth is True and self.told

    def is_of(self, version: int) -> bool:
        """Whether it is, or may be, of an address family."""
        return self.prefix.version in (None, version)


class _Candidate(Struct, frozen=True):
    """A route, and whether it is sent ``over`` the peering, is ``on`` the side, and ``exists`` with the peering.

    ``told`` tells that its table says of which side it is, ``inferred`` that only its destination does. One that is
    ``on`` no side is in a table of neither VPC; a ``barred`` one is refused.
    """

    route: Route
    over: Truth
    on: Truth
    exists: Truth
    told: bool
    inferred: bool
    barred: bool

    @property
    def may_lead(self) -> bool:
        """Whether it may be a way of the side."""
        return self.on is not False and not self.barred


class Routed(Struct, frozen=True):
    """The addresses that routes are for: ``certain`` ones, and ``possible`` ones, among which these are.

    ``open`` says why there may be more: a destination that is not told, a place that was not read.
    """

    certain: Addresses
    possible: Addresses
    open: tuple[Maybe, ...]


class Way(Struct, frozen=True):
    """How one side routes to the other in one address family.

    ``truth`` is the answer to whether it does, as an absence is judged: anything that may be such a route counts.
    ``routes`` are those that certainly lead over, from tables that are told to be this side's and may be used.
    ``astray`` are the side's routes over this peering that lead to nothing of the other side, or are wrong as such, and
    those to the other side by a connection that does not join the two: other rules speak of them. ``inferred`` tells
    that a route leads over of which only the destination tells the side. ``answered`` tells that a route certainly
    leads over the peering, into the other side or, if not, astray: it is a way back or another rule's matter, never an
    absence.
    """

    truth: Truth
    routes: tuple[Route, ...]
    astray: tuple[Route, ...]
    inferred: bool
    answered: bool


class SideRoutes:
    """The routes of one side of a peering over it."""

    def __init__(self, network: Network, peering: Peering, side: Side) -> None:
        """Read the routes of this side."""
        self.network, self.peering, self.side = network, peering, side
        self.near, self.far = (network.peerings.end(peering, s).vpc for s in (side, side.other))
        self._ways: dict[int, Way] = {}
        self._leading: dict[tuple[int, int], tuple[RouteTable, Truth]] = {}
        self._sending: dict[int, tuple[Lead, ...]] = {}

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Every destination that is, or may be, routed over the peering."""
        return tuple(self._leads())

    def _leads(self) -> Iterator[Lead]:
        for item in self._routes:
            placed = all_of((item.over, item.on, item.exists))
            for prefix in prefixes(self.network, item.route):
                yield Lead(item.route, prefix, all_of((placed, unless(prefix.doubt))), item.told)

    @cached_property
    def _candidates(self) -> tuple[_Candidate, ...]:
        """The routes that may be over the peering, on this side or in a table of neither."""
        found = []
        for route, over in candidates(self.network, self.peering):
            placed = place(self.network, self.peering, route)
            on = placed.on(self.side)
            if on is False and not placed.foreign:
                continue
            exists = unless(implied(route.origin.presence, self.peering.origin.presence))
            told = placed.told is self.side or (placed.inferred and self.peering.shown is not None)
            barred = is_barred(self.network, route)
            found.append(_Candidate(route, over, on, exists, told, placed.inferred, barred))
        return tuple(found)

    @cached_property
    def _routes(self) -> tuple[_Candidate, ...]:
        """The routes that are not certainly elsewhere, and that AWS does not refuse."""
        return tuple(item for item in self._candidates if item.may_lead)

    @cached_property
    def open(self) -> tuple[Maybe, ...]:
        """Why there may be routes over the peering that were not read."""
        lists = (reason for item in self._routes for reason in prefixes(self.network, item.route).open)
        return (*open_routes(self.network, self.peering, self.side).open, *lists)

    def routed(self, version: int, table: RouteTable | None = None) -> Routed:
        """The addresses that the routes of a table, or of all tables, are for in one address family."""
        certain, possible, open = [], [], list(self.open)
        for lead in self.leads:
            held = True if table is None else self._holds(table, lead.route)
            if held is False or not lead.is_of(version):
                continue
            match lead.prefix.cidr:
                case Known(value=cidr):
                    possible.append(cidr)
                    certain += [cidr] if held is True and lead.certain else []
                case Unknown(reason=reason):
                    open.append(Maybe(reason))
        return Routed(Addresses.of(version, certain), Addresses.of(version, possible), tuple(open))

    def _holds(self, table: RouteTable, route: Route) -> Truth:
        """Whether a route is in a table. Two tables that are declared are not one."""
        if handle(route.table) is not None and handle(route.table) == handle(table.id):
            return True
        other = self.network.tables.by_id(route.table)
        return False if other is not None and not (other.outside or table.outside) else same(route.table, table.id)

    def leads_over(self, table: RouteTable, version: int) -> Truth:
        """Whether a table leads to any address of the far side; undecided where it may by another way."""
        key = (id(table), version)
        if key not in self._leading:
            self._leading[key] = table, self._leads_over(table, version)
        return self._leading[key][1]

    def _leads_over(self, table: RouteTable, version: int) -> Truth:
        mine = (
            all_of((lead.truth, self._holds(table, lead.route), shares(self.network, lead.prefix, self.far)))
            for lead in self.leads
            if lead.is_of(version)
        )
        others = islice(detours(self.network, table, self.far, version), 1)
        return any_of(chain(mine, self.open, self.network.routes.of(table).open, others))

    def leads_astray(self, version: int, table: RouteTable | None = None) -> bool:
        """Whether a route of a table, or of any, that should lead over does not: another rule says which one to mend.

        It is refused, leads to nothing of the far side, or names a connection that does not join the two.
        """
        held = (item.route for item in self._routes if table is None or self._holds(table, item.route) is True)
        strays = (r for r in held if _is_of(self.network, r, version) and self._misses(r, version))
        barred = (r for r in self._barred if table is None or self._holds(table, r) is True)
        wrong = misdirected(self.network, self.peering, self.near, self.far, version) if table is None else ()
        return any(True for found in (strays, barred, wrong) for _ in found)

    def _misses(self, route: Route, version: int) -> bool:
        return leads_to(self.network, route, self.far, version) is False

    @cached_property
    def _barred(self) -> tuple[Route, ...]:
        """The routes over the peering that are refused, and are this side's or neither's."""
        return tuple(item.route for item in self._candidates if item.barred and item.over is True)

    def way(self, version: int) -> Way:
        """How this side routes to the other one in an address family."""
        if version not in self._ways:
            self._ways[version] = self._way(version)
        return self._ways[version]

    def _way(self, version: int) -> Way:
        judged = [(item, leads_to(self.network, item.route, self.far, version)) for item in self._candidates]
        ways = [(i, all_of((i.over, i.on, leads, i.exists)), leads) for i, leads in judged if i.may_lead]
        astray = [i.route for i, leads in judged if self._is_astray(i, leads, version)]
        leads_over = any_of(truth for _, truth, _ in ways)
        if leads_over is False and not astray:
            astray += misdirected(self.network, self.peering, self.near, self.far, version)
        certain = [item for item, truth, _ in ways if truth is True]
        return Way(
            leads_over,
            tuple(item.route for item in certain if item.told and self._may_be_used(item.route)),
            tuple(astray),
            any(item.inferred for item in certain),
            any(self._answers(item, leads, version) for item, _, leads in ways),
        )

    def _is_astray(self, item: _Candidate, leads: Truth, version: int) -> bool:
        if item.barred:
            return item.on is True or (item.on is False and leads is not False)
        return leads is False and self._is_sent(item, version)

    def _is_sent(self, item: _Candidate, version: int) -> bool:
        """Whether a route is certainly sent over the peering from this side, and may be of an address family."""
        family = any(prefix.version in (None, version) for prefix in prefixes(self.network, item.route))
        return item.over is True and item.on is True and family

    def _answers(self, item: _Candidate, leads: Truth, version: int) -> bool:
        """Whether a route that certainly exists leads over the peering to what is not told."""
        sent = self._is_sent(item, version) and item.exists is True
        return sent and isinstance(leads, Maybe) and not item.inferred

    def _may_be_used(self, route: Route) -> bool:
        return self.in_use(route) is not False

    def leads_elsewhere(self, table: RouteTable, version: int) -> bool:
        """Whether a table may lead to the far side through another target on purpose, such as a NAT gateway.

        What sends everything away is not meant for it.
        """
        return any(
            leads_to(self.network, route, self.far, version) is not False
            for route in towards(self.network, table).possible(self.far)
            if not any(prefix.whole for prefix in prefixes(self.network, route))
            if self.network.peerings.same(route.target.id, self.peering.id) is False or not _is_over_peering(route)
        )

    def meets(self, item: PlacedBlock) -> Truth:
        """Whether any table leads to any address of a block of the far side."""
        version = item.block.version
        mine = (
            all_of((lead.truth, shares_block(self.network, lead.prefix, self.far, item)))
            for lead in self.leads
            if lead.is_of(version)
        )
        tables = self.network.tables.of(self.near)
        others = (doubt for table in tables for doubt in detours(self.network, table, self.far, version))
        return any_of(chain(mine, self.open, islice(others, 1)))

    def sending(self, version: int) -> tuple[Lead, ...]:
        """The certain destinations on the far side, of tables that are told and used."""
        if version not in self._sending:
            self._sending[version] = tuple(
                lead
                for lead in self.leads
                if lead.certain and lead.is_of(version) and self._sends(lead.route)
                if shares(self.network, lead.prefix, self.far) is True
            )
        return self._sending[version]

    def _sends(self, route: Route) -> bool:
        """Whether subnets use a route's table; those of a VPC whose subnets are declared elsewhere are taken to."""
        used = self.in_use(route)
        return used is True or (isinstance(used, Maybe) and not self.network.subnets.of(self.near).items)

    def in_use(self, route: Route) -> Truth:
        """Whether any subnet uses the table of a route."""
        table = self.network.tables.by_id(route.table)
        return in_use(self.network, table) if table is not None else Maybe("its table is not told")

    def is_from(self, lead: Lead, table: RouteTable) -> bool:
        """Whether a destination is certainly one of a table's."""
        return lead.certain and self._holds(table, lead.route) is True


@remembered
def side_routes(network: Network, peering: Peering, side: Side) -> SideRoutes:
    """The routes of one side of a peering over it, which several analyses ask about."""
    return SideRoutes(network, peering, side)


def _is_over_peering(route: Route) -> bool:
    return route.target.kind in (TargetKind.PEERING, TargetKind.UNKNOWN)


def _is_of(network: Network, route: Route, version: int) -> bool:
    return any(prefix.version == version for prefix in prefixes(network, route))
