"""Routes over a peering whose destination is wider than the peer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr, covered
from peerlint.network.filtering.vicinity import MOST_OF_ONE_VPC
from peerlint.network.model import Peering, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.presence import uncertain
from peerlint.network.routing.destinations import Prefix, prefixes
from peerlint.network.routing.misroutes import misroute
from peerlint.network.routing.sides import SIDES, place
from peerlint.network.values import Known, Maybe, Truth, all_of, any_of, unless


class Broad(Struct, frozen=True):
    """A route with a destination that strictly contains a block of the peer and more than the peer has.

    ``near`` and ``far`` are the route's own VPC and the peer, ``None`` where the input does not tell which is which;
    it is undecided then. ``wide`` are the destinations, those of a prefix list all together.
    """

    truth: Truth
    route: Route
    wide: tuple[Prefix, ...]
    near: Vpc | None = None
    far: Vpc | None = None


def broad_routes(network: Network, peering: Peering) -> Iterator[Broad]:
    """The routes of code over a peering that lead more into it than the peer has, at most one for each route."""
    if unroutable(network, peering):
        return
    for route in network.routes.over(peering):
        wrong = misroute(network, route)
        if route.origin.observed or (wrong is not None and wrong.settled):
            continue
        exists = all_of(
            (
                unless(uncertain(peering.origin.presence)),
                unless(implied(route.origin.presence, peering.origin.presence)),
            )
        )
        found = _broad(network, peering, route, exists)
        if found is not None:
            yield found


def _broad(network: Network, peering: Peering, route: Route, exists: Truth) -> Broad | None:
    placement = place(network, peering, route)
    sides = [side for side in SIDES if placement.on(side) is not False]
    if not sides:
        return None
    near, far = (network.peerings.end(peering, side).vpc for side in (sides[0], sides[0].other))
    if len(sides) == 2:
        truths = [_is_broad(network, p, near, far) for p in prefixes(network, route)]
        other = [_is_broad(network, p, far, near) for p in prefixes(network, route)]
        untold = any(one is True and two is True for one, two in zip(truths, other, strict=True))
        reason = Maybe(f"the VPC of the table of {route.origin.address} is not told")
        return Broad(reason, route, prefixes(network, route).items) if untold else None
    judged = [(prefix, all_of((_is_broad(network, prefix, near, far), exists))) for prefix in prefixes(network, route)]
    wide = tuple(prefix for prefix, truth in judged if truth is True)
    if wide:
        return Broad(True, route, wide, near, far)
    doubts = [(prefix, truth) for prefix, truth in judged if isinstance(truth, Maybe)]
    return Broad(doubts[0][1], route, (doubts[0][0],), near, far) if doubts else None


def _is_broad(network: Network, prefix: Prefix, near: Vpc, far: Vpc) -> Truth:
    """Whether a destination strictly contains a block of the peer and is no exact aggregate.

    What of it lies in the route's own VPC is no matter: the local routes are more specific. The peer may have blocks
    that were not read, but no more of them than a VPC can have.
    """
    if not isinstance(prefix.cidr, Known) or prefix.whole:
        return False
    wide = prefix.cidr.value
    told, untold = _blocks(network, far, wide.version)
    inside = [cidr for cidr, _ in told if wide.covers(cidr) and wide.prefix < cidr.prefix]
    if not inside:
        return untold[0] if untold and wide.prefix < LARGEST_BLOCK[wide.version] and not told else False
    own, own_untold = _blocks(network, near, wide.version)
    if covered(wide, [cidr for cidr, _ in (*told, *own)]):
        return False
    contained = any_of(unless(doubt) for cidr, doubt in told if cidr in inside)
    rest = _size(wide) - sum(_size(cidr) for cidr, _ in (*told, *own) if wide.covers(cidr))
    unread = [*untold[:1], *own_untold[:1]]
    fits = unread and rest <= MOST_OF_ONE_VPC[wide.version] * len(unread)
    return all_of((contained, unless(prefix.doubt), unread[0] if fits else True))


LARGEST_BLOCK = {4: 16, 6: 44}
"""The shortest prefix of a VPC's block (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)."""


def _blocks(network: Network, vpc: Vpc, version: int) -> tuple[list[tuple[Cidr, Maybe | None]], list[Maybe]]:
    """The known blocks of a VPC, each with why it may not have it, and why there may be others."""
    placed = network.vpcs.placed_blocks(vpc)
    values = [(cidr_of(vpc, item.block), item.doubt) for item in placed if item.block.version == version]
    known = [(cidr.value, doubt) for cidr, doubt in values if isinstance(cidr, Known)]
    return known, [*(Maybe(c.reason) for c, _ in values if not isinstance(c, Known)), *placed.open]


def _size(cidr: Cidr) -> int:
    return cidr.last - cidr.first + 1
