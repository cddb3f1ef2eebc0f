"""What a peering is routed for: the destinations of one side's routes over it, in one table or in all of them.

Routes that AWS refuses, or that are in a table of neither side, are no ways. IPv4 and IPv6 are routed apart
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from peerlint.network.handles import handle
from peerlint.network.intervals import Addresses
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import Peering, Route, RouteTable, Side, TargetKind
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.routing.destinations import Prefix, leads_to, prefixes, shares, shares_block
from peerlint.network.routing.detours import detours
from peerlint.network.routing.effective import in_use
from peerlint.network.routing.misdirected import misdirected
from peerlint.network.routing.misroutes import is_barred
from peerlint.network.routing.sides import candidates, open_routes, place
from peerlint.network.values import Known, Maybe, Truth, Unknown, all_of, any_of, same, unless


@dataclass(frozen=True, slots=True)
class Lead:
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


@dataclass(frozen=True, slots=True)
class Routed:
    """The addresses that routes are for: ``certain`` ones, and ``possible`` ones, among which these are.

    ``open`` says why there may be more: a destination that is not told, a place that was not read.
    """

    certain: Addresses
    possible: Addresses
    open: tuple[Maybe, ...]


class SideRoutes:
    """The routes of one side of a peering over it."""

    def __init__(self, network: Network, peering: Peering, side: Side) -> None:
        """Read the routes of this side."""
        self.network, self.peering, self.side = network, peering, side
        self.near, self.far = (network.peerings.end(peering, s).vpc for s in (side, side.other))
        self._use: dict[object, Truth] = {}

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Every destination that is, or may be, routed over the peering."""
        return tuple(self._leads())

    def _leads(self) -> Iterator[Lead]:
        for route, placed in self._routes:
            for prefix in prefixes(self.network, route):
                yield Lead(route, prefix, all_of((placed, unless(prefix.doubt))), self._told(route))

    @cached_property
    def _routes(self) -> tuple[tuple[Route, Truth], ...]:
        """The routes that are not certainly elsewhere, and whether they are here."""
        found = []
        for route, over in candidates(self.network, self.peering):
            on = place(self.network, self.peering, route).on(self.side)
            if on is not False and not is_barred(self.network, route):
                exists = unless(implied(route.origin.presence, self.peering.origin.presence))
                found.append((route, all_of((over, on, exists))))
        return tuple(found)

    def _told(self, route: Route) -> bool:
        found = place(self.network, self.peering, route)
        return found.told is self.side or (found.inferred and self.peering.shown is not None)

    @cached_property
    def open(self) -> tuple[Maybe, ...]:
        """Why there may be routes over the peering that were not read."""
        lists = (reason for route, _ in self._routes for reason in prefixes(self.network, route).open)
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
        mine = (
            all_of((lead.truth, self._holds(table, lead.route), shares(self.network, lead.prefix, self.far)))
            for lead in self.leads
            if lead.is_of(version)
        )
        others = detours(self.network, table, self.far, version)
        return any_of((*mine, *self.open, *self.network.routes.of(table).open, *others))

    def leads_astray(self, version: int, table: RouteTable | None = None) -> bool:
        """Whether a route of a table, or of any, that should lead over does not: another rule says which one to mend.

        It is refused, leads to nothing of the far side, or names a connection that does not join the two.
        """
        held = (route for route, _ in self._routes if table is None or self._holds(table, route) is True)
        strays = (r for r in held if _is_of(self.network, r, version) and self._misses(r, version))
        barred = (r for r in self._barred if table is None or self._holds(table, r) is True)
        wrong = misdirected(self.network, self.peering, self.near, self.far, version) if table is None else ()
        return any(True for found in (strays, barred, wrong) for _ in found)

    def _misses(self, route: Route, version: int) -> bool:
        return leads_to(self.network, route, self.far, version) is False

    @cached_property
    def _barred(self) -> tuple[Route, ...]:
        """The routes over the peering that are refused, and are this side's or neither's."""
        found = (route for route, over in candidates(self.network, self.peering) if over is True)
        barred = [route for route in found if is_barred(self.network, route)]
        placed = ((route, place(self.network, self.peering, route)) for route in barred)
        return tuple(route for route, at in placed if at.foreign or at.on(self.side) is not False)

    def leads_elsewhere(self, table: RouteTable, version: int) -> bool:
        """Whether a table may lead to the far side through another target on purpose, such as a NAT gateway.

        What sends everything away is not meant for it.
        """
        return any(
            leads_to(self.network, route, self.far, version) is not False
            for route in self.network.routes.of(table)
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
        return any_of((*mine, *self.open, *others))

    def sending(self, version: int) -> tuple[Lead, ...]:
        """The certain destinations on the far side, of tables that are told and used."""
        return tuple(
            lead
            for lead in self.leads
            if lead.certain and lead.is_of(version) and self._sends(lead.route)
            if shares(self.network, lead.prefix, self.far) is True
        )

    def _sends(self, route: Route) -> bool:
        """Whether subnets use a route's table; those of a VPC whose subnets are declared elsewhere are taken to."""
        used = self.in_use(route)
        return used is True or (isinstance(used, Maybe) and not self.network.subnets.of(self.near).items)

    def in_use(self, route: Route) -> Truth:
        """Whether any subnet uses the table of a route."""
        key = handle(route.table)
        if key is None or key not in self._use:
            table = self.network.tables.by_id(route.table)
            answer = in_use(self.network, table) if table is not None else Maybe("its table is not told")
            if key is None:
                return answer
            self._use[key] = answer
        return self._use[key]

    def is_from(self, lead: Lead, table: RouteTable) -> bool:
        """Whether a destination is certainly one of a table's."""
        return lead.certain and self._holds(table, lead.route) is True


def _is_over_peering(route: Route) -> bool:
    return route.target.kind in (TargetKind.PEERING, TargetKind.UNKNOWN)


def _is_of(network: Network, route: Route, version: int) -> bool:
    return any(prefix.version == version for prefix in prefixes(network, route))
