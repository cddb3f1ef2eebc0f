"""Addresses of a peer that a route over the peering names, and that another route of its table takes from it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr
from peerlint.network.model import GatewayKind, Origin, Peering, Route, RouteTable, TargetKind, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import connection_of, name_of
from peerlint.network.routing.effective import in_use
from peerlint.network.routing.forwarding import Forwarding, Line, Lines, Part, Rank, carried, forwarding
from peerlint.network.routing.misroutes import misroute
from peerlint.network.routing.sides import SIDES
from peerlint.network.values import Known, Maybe, Truth, all_of, any_of, same, unless

MIDDLEBOXES = frozenset({TargetKind.INTERFACE, TargetKind.INSTANCE, TargetKind.ENDPOINT, TargetKind.NAT})
"""The targets by which traffic is led through an appliance on purpose, which sends it on by a table of its own
(https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html#route-tables-appliance-routing). A NAT
gateway does so from an address of its subnet (https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html).
"""


class Capture(Struct, frozen=True):
    """A line of a table that takes addresses of a peer from a route over the peering, and whether it certainly does.

    ``lost`` is the line over ``peering`` from ``near`` to ``far``, whose ``block`` has addresses that ``line`` carries.
    ``third`` is the VPC to which another connection takes them, ``None`` where another kind of target does.
    """

    truth: Truth
    lost: Line
    line: Line
    peering: Peering
    near: Vpc
    far: Vpc
    block: Cidr
    third: Vpc | None = None

    @property
    def taken(self) -> Cidr:
        """The addresses that are taken: the smallest of the three blocks."""
        return max((self.line.cidr, self.lost.cidr, self.block), key=lambda cidr: cidr.prefix)

    @property
    def tied(self) -> bool:
        """Whether the two are equal, so that AWS picks one of them."""
        return self.line.order == self.lost.order


class _Contest(Struct, frozen=True):
    """The routes over a peering in one table, with all that they compete with."""

    peering: Peering
    near: Vpc
    far: Vpc
    mine: tuple[Route, ...]
    lines: Lines

    def is_mine(self, line: Line) -> bool:
        return line.route in self.mine

    @property
    def doubt(self) -> Truth:
        """Whether nothing that was not read can change who carries what."""
        lost = [Maybe(f"{route.origin.address} has a destination that is not told") for route in self.lines.unplaced]
        may_help = lost if any(route in self.mine for route in self.lines.unplaced) else []
        return all_of((unless(uncertain(self.peering.origin.presence)), *may_help, *self.lines.open))


def target_of(network: Network, line: Line) -> str:
    """What a line of a table sends to, as a message names it."""
    route = line.route
    return "the virtual private gateway that propagates it" if route is None else target_of_route(network, route)


def target_of_route(network: Network, route: Route) -> str:
    """What a route sends to, as a message names it."""
    if network.peerings.by_id(route.target.id) is not None:
        return connection_of(network, route)
    return f"the {route.target.kind.value} {name_of(route.target.id)}"


@remembered
def captures(network: Network, peering: Peering) -> tuple[Capture, ...]:
    """What is taken from the routes over a peering, once for each line that takes it."""
    return tuple(_captures(forwarding(network), peering))


def _captures(forwarding: Forwarding, peering: Peering) -> Iterator[Capture]:
    network = forwarding.network
    if unroutable(network, peering):
        return
    for contest in _contests(forwarding, peering):
        seen: set[tuple[Origin, Cidr]] = set()
        for block, exists in _blocks(network, contest.far):
            for part in carried(contest.lines.meeting(block), block):
                for lost, line, truth in _takers(contest, block, part):
                    if isinstance(line.source, Vpc) or (line.origin, line.cidr) in seen:
                        continue
                    certain = all_of((exists, truth, contest.doubt))
                    capture = Capture(certain, lost, line, peering, contest.near, contest.far, block)
                    judged = _judged(forwarding, capture)
                    if judged is not None:
                        seen.add((line.origin, line.cidr))
                        yield judged


def _contests(forwarding: Forwarding, peering: Peering) -> Iterator[_Contest]:
    network = forwarding.network
    for side in SIDES:
        near, far = network.peerings.end(peering, side).vpc, network.peerings.end(peering, side.other).vpc
        for table in network.tables.of(near):
            mine = tuple(_routes_over(network, peering, table))
            if mine and in_use(network, table) is not False:
                yield _Contest(peering, near, far, mine, forwarding.lines(table, peering.origin.presence))


def _routes_over(network: Network, peering: Peering, table: RouteTable) -> Iterator[Route]:
    """The routes of code in a table over a peering, without those that are wrong as such."""
    for route in network.routes.in_table_over(table, peering):
        if not route.origin.observed:
            found = misroute(network, route)
            if found is None or not found.settled:
                yield route


def _blocks(network: Network, vpc: Vpc) -> Iterator[tuple[Cidr, Truth]]:
    """The blocks of a VPC that are told, and whether it certainly has them."""
    for item in network.vpcs.placed_blocks(vpc):
        cidr = cidr_of(vpc, item.block)
        if isinstance(cidr, Known):
            yield cidr.value, unless(item.doubt)


def _takers(contest: _Contest, block: Cidr, part: Part) -> Iterator[tuple[Line, Line, Truth]]:
    """The lines that win a part of a block which a route over the peering names, with the line that they win over.

    Equal static routes are one route twice, which is another rule's matter.
    """
    meeting = contest.lines.meeting(block)
    covering = [line for line in meeting if line.cidr.first <= part.first and part.last <= line.cidr.last]
    own = sorted(
        (line for line in covering if contest.is_mine(line)), key=lambda line: (line.doubt is not None, line.order)
    )
    if not own:
        return
    lost = own[0]
    for line in (*part.winners, *part.rivals):
        tied = line.order == lost.order and line.rank is Rank.PREFIX_LIST
        if contest.is_mine(line) or not (line.order < lost.order or tied):
            continue
        helpers = (unless(each.doubt) for each in own[1:] if each.order < line.order)
        yield lost, line, all_of((unless(lost.doubt), unless(line.doubt), *helpers))


def _judged(forwarding: Forwarding, capture: Capture) -> Capture | None:
    """A capture as a rule may report it.

    It is none by an appliance, by a route that can never stand beside the other, or by a transit gateway that leads to
    the peer as well: part of the traffic goes that way on purpose.
    """
    route = capture.line.route
    if route is None:
        return capture
    if route.origin.presence.excludes(capture.lost.origin.presence) or route.target.kind in MIDDLEBOXES:
        return None
    attached = _is_attached(forwarding.network, capture.far, route)
    if attached is not False:
        return None if attached is True else _replaced(capture, attached)
    other = forwarding.network.peerings.by_id(route.target.id)
    if other is None and route.target.kind in (TargetKind.PEERING, TargetKind.UNKNOWN):
        return _replaced(capture, Maybe(f"the target of {route.origin.address} is not told"))
    return capture if other is None else _by_connection(forwarding, capture, other)


def _is_attached(network: Network, vpc: Vpc, route: Route) -> Truth:
    """Whether a route goes by a transit gateway that a VPC is seen to be attached to, and so leads there as well."""
    if route.target.kind is not TargetKind.TRANSIT:
        return False
    attachments = (g for g in network.gateways.of(vpc) if g.kind is GatewayKind.TRANSIT_ATTACHMENT)
    return any_of(
        all_of((same(gateway.id, route.target.id), unless(implied(gateway.origin.presence, route.origin.presence))))
        for gateway in attachments
    )


def _by_connection(forwarding: Forwarding, capture: Capture, other: Peering) -> Capture | None:
    """A capture by another connection.

    It is none where that leads to nothing of the addresses, which is the other route's own error, nor where the peers,
    which overlap, are peered with each other, which is an error before all others, or share the addresses out by more
    specific routes or by tables of their own
    (https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html).
    """
    network = forwarding.network
    ends = network.peerings.ends(other)
    third = next((end.vpc for end in ends if network.vpcs.same(end.vpc, capture.near) is not True), None)
    if third is None or network.vpcs.same(third, capture.far) is True:
        return None
    beyond = (network.peerings.end(each, side.other).vpc for each, side in network.peerings.of(capture.far))
    if any(network.vpcs.same(vpc, third) is True for vpc in beyond):
        return None
    placed = network.vpcs.placed_blocks(third)
    has = [exists for block, exists in _blocks(network, third) if block.overlaps(capture.taken)]
    truth = any_of((*has, *placed.open))
    if truth is False or _shared_out(forwarding, capture, third):
        return None
    return _replaced(capture, truth, third)


def _replaced(capture: Capture, truth: Truth, third: Vpc | None = None) -> Capture:
    certain = all_of((capture.truth, truth))
    return Capture(
        certain, capture.lost, capture.line, capture.peering, capture.near, capture.far, capture.block, third
    )


def _shared_out(forwarding: Forwarding, capture: Capture, third: Vpc) -> bool:
    """Whether some of the addresses that two peers have in common are led to the one that loses the others."""
    common = [
        max((block, capture.block), key=lambda cidr: cidr.prefix)
        for block, _ in _blocks(forwarding.network, third)
        if block.overlaps(capture.block)
    ]
    return any(
        contest.is_mine(line)
        for contest in _contests(forwarding, capture.peering)
        if contest.near is capture.near
        for region in common
        for part in carried(contest.lines.meeting(region), region)
        if capture.line not in part.rivals
        for line in part.winners
    )
