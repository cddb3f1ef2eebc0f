"""Routes over a peering whose destinations lie outside the peer.

Packets that enter a VPC over a peering go no further than that VPC's own blocks
(https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.handles import handle
from peerlint.network.model import Gateway, GatewayKind, Peering, PrefixListDestination, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, lies_in, peers_holding, prefixes, shares
from peerlint.network.routing.misroutes import misroute
from peerlint.network.routing.sides import SIDES, Placement, place
from peerlint.network.values import Known, Maybe, Written, any_of, first_doubt, same
from peerlint.network.vpc_index import VpcIndex
from peerlint.records import replace

DESTINATION = (
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
    "cidr_block",
    "ipv6_cidr_block",
    "DestinationCidrBlock",
    "DestinationIpv6CidrBlock",
    "DestinationPrefixListId",
)
"""The arguments that hold a route's destination, stand-alone and inline, in both languages."""
ON_PREMISES = frozenset({GatewayKind.VPN, GatewayKind.DIRECT_CONNECT, GatewayKind.CUSTOMER_ROUTE})


class Defect(Enum):
    """Why a destination cannot be reached, in the order in which the rules speak."""

    EDGE = "behind a gateway of the peer"
    TRANSITIVE = "a peer of the peer"
    OUTSIDE = "nothing of the peer"


class Stray(Struct, frozen=True):
    """A destination of a route that the peer cannot deliver.

    ``near`` is the route's own VPC and ``far`` the peer, ``None`` where the input does not tell which is which.
    ``third`` is the VPC whose destination it is, ``by`` the connection that joins it with one of the two, ``gateways``
    what the peer owns and cannot lend, ``more`` the other entries of the route's prefix list that are such.
    """

    defect: Defect
    route: Route
    prefix: Prefix
    near: Vpc | None
    far: Vpc | None
    third: Vpc | None = None
    by: Peering | None = None
    gateways: tuple[Gateway, ...] = ()
    more: tuple[Prefix, ...] = ()

    @property
    def destination(self) -> str:
        """The destination as a message names it."""
        if not self.more:
            return str(self.prefix)
        return f"{self.prefix} (and {len(self.more)} more of its prefix list)"


class Doubt(Struct, frozen=True):
    """A destination of which it is undecided whether the peer can deliver it; ``defect`` is what it may be."""

    defect: Defect
    route: Route
    prefix: Prefix | None
    reason: str


@remembered
def strays(network: Network, peering: Peering) -> tuple[Stray | Doubt, ...]:
    """What the routes of code over a peering have as destinations that lie outside the peer.

    The default route and prefix lists of AWS services are :mod:`peerlint.network.routing.edges`' matter, and what is
    wrong with a route as such is that of :mod:`peerlint.network.routing.misroutes`.
    """
    return tuple(_strays(network, peering))


def _strays(network: Network, peering: Peering) -> Iterator[Stray | Doubt]:
    if unroutable(network, peering):
        return
    for route in network.routes.over(peering):
        if route.origin.observed:
            continue
        found = place(network, peering, route)
        wrong = misroute(network, route)
        if found.foreign or of_service(network, route) or (wrong is not None and wrong.settled):
            continue
        destinations = prefixes(network, route)
        judged = (
            item
            for prefix in destinations
            if not prefix.whole
            for item in _certain(_judge(network, peering, route, prefix, found), peering)
        )
        yield from _merged(judged)
        for reason in destinations.open[:1]:
            yield Doubt(Defect.OUTSIDE, route, None, reason.reason)


def _merged(found: Iterable[Stray | Doubt]) -> Iterator[Stray | Doubt]:
    """One stray of a kind for a route, which names the further entries of its prefix list."""
    first: dict[Defect, Stray] = {}
    for item in found:
        if isinstance(item, Doubt):
            yield item
        elif item.defect in first:
            known = first[item.defect]
            first[item.defect] = replace(known, more=(*known.more, item.prefix))
        else:
            first[item.defect] = item
    yield from first.values()


def of_service(network: Network, route: Route) -> bool:
    """Whether a route's destination is the prefix list of an AWS service."""
    if not isinstance(route.destination, PrefixListDestination):
        return False
    prefix_list = network.prefix_lists.by_id(route.destination.id)
    return prefix_list is not None and prefix_list.aws_owned


def _certain(found: Iterator[Stray | Doubt], peering: Peering) -> Iterator[Stray | Doubt]:
    """A stray of a route that may not exist is a doubt, as is one through a connection that may not."""
    for item in found:
        other = item.by if isinstance(item, Stray) else None
        leads = None if other is None else implied(other.origin.presence, peering.origin.presence)
        if isinstance(item, Stray) and leads is not None and item.defect is not Defect.TRANSITIVE:
            item, leads = replace(item, by=None, third=None), None
        doubt = first_doubt(
            leads,
            None if item.prefix is None else item.prefix.doubt,
            uncertain(peering.origin.presence),
            implied(item.route.origin.presence, peering.origin.presence),
        )
        if isinstance(item, Stray) and doubt is not None:
            yield Doubt(item.defect, item.route, item.prefix, doubt.reason)
        else:
            yield item


def _judge(
    network: Network, peering: Peering, route: Route, prefix: Prefix, found: Placement
) -> Iterator[Stray | Doubt]:
    """What one destination is. AWS ignores the entries of a prefix list that lie in the table's own VPC
    (https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html).
    """
    sides = [side for side in SIDES if found.on(side) is not False]
    fars = [network.peerings.end(peering, side.other).vpc for side in sides]
    answers = [shares(network, prefix, far) for far in fars]
    if True in answers:
        return
    if len(sides) == 1:
        near = network.peerings.end(peering, sides[0]).vpc
        if prefix.entry is not None and lies_in(network, prefix, near):
            return
        named = _named(network, peering, Stray(Defect.OUTSIDE, route, prefix, near, fars[0]), near, fars[0])
    else:
        named = Stray(Defect.OUTSIDE, route, prefix, None, None, _owner(network, route, prefix, None))
    added = network.vpcs.may_be_added(prefix.cidr)
    answer = any_of(answers if added is None else [*answers, added])
    if not isinstance(answer, Maybe):
        yield named
        return
    yield Doubt(named.defect, route, prefix, answer.reason)
    if len(sides) == 1 and named.defect is Defect.OUTSIDE and _may_be_onward(network, peering, fars[0], prefix):
        yield Doubt(Defect.TRANSITIVE, route, prefix, answer.reason)


def _named(network: Network, peering: Peering, stray: Stray, near: Vpc, far: Vpc) -> Stray:
    """What the destination is, where it has nothing in common with the peer."""
    edge = _behind(network, far, stray.prefix)
    if edge:
        return replace(stray, defect=Defect.EDGE, gateways=edge)
    direct = _led_to(network, peering, near, stray.prefix)
    if direct is not None:
        return replace(stray, third=direct[0], by=direct[1])
    onward = _led_to(network, peering, far, stray.prefix)
    if onward is not None:
        return replace(stray, defect=Defect.TRANSITIVE, third=onward[0], by=onward[1])
    return replace(stray, third=_owner(network, stray.route, stray.prefix, near))


def _led_to(network: Network, peering: Peering, hub: Vpc, prefix: Prefix) -> tuple[Vpc, Peering] | None:
    """The VPC that a destination belongs to and the other connection that joins it with ``hub``."""
    for other, third in peers_holding(network, hub, [prefix]):
        if _joins_others(network, peering, other) and shares(network, prefix, third) is True:
            return third, other
    return None


def _joins_others(network: Network, peering: Peering, other: Peering) -> bool:
    """Whether another connection, which can exist beside this one, joins another pair.

    One that an inventory shows may be a declared one that is there already.
    """
    if _pair(other) == _pair(peering) or other.origin.presence.excludes(peering.origin.presence):
        return False
    shown = (other.shown is None) != (peering.shown is None)
    return not (shown and network.peerings.may_join_one_pair(peering, other))


def _pair(peering: Peering) -> frozenset[object]:
    return frozenset({handle(peering.vpc), handle(peering.peer_vpc)})


def _may_be_onward(network: Network, peering: Peering, far: Vpc, prefix: Prefix) -> bool:
    return any(
        shares(network, prefix, network.peerings.end(other, side.other).vpc) is not False
        for other, side in network.peerings.of(far)
        if _joins_others(network, peering, other)
    )


def _owner(network: Network, route: Route, prefix: Prefix, near: Vpc | None) -> Vpc | None:
    """The VPC that a destination lies in: the route's own, or another one of its stack.

    Stacks of different environments use the same blocks again.
    """
    own = _of_stacks(network).get(route.origin.stack)
    vpcs = own.holding(prefix.cidr) if own is not None else ()
    return next((vpc for vpc in (near, *vpcs) if vpc is not None and lies_in(network, prefix, vpc)), None)


@remembered
def _of_stacks(network: Network) -> Mapping[str, VpcIndex]:
    """The VPCs of each stack."""
    found: dict[str, list[Vpc]] = defaultdict(list)
    for vpc in network.all(Vpc):
        found[vpc.origin.stack].append(vpc)
    return {stack: VpcIndex(network, vpcs) for stack, vpcs in found.items()}


def _behind(network: Network, vpc: Vpc, prefix: Prefix) -> tuple[Gateway, ...]:
    """The ways of a VPC to its premises that lead to a destination."""
    return tuple(
        gateway
        for gateway in network.gateways.of(vpc)
        if gateway.kind in ON_PREMISES and any(_meet(prefix.cidr, cidr) for cidr in gateway.cidrs)
    )


def _meet(one: Written[Cidr], other: Written[Cidr]) -> bool:
    if isinstance(one, Known) and isinstance(other, Known):
        return one.value.overlaps(other.value)
    return same(one, other) is True


def of_defect(found: Iterable[Stray | Doubt], defect: Defect) -> tuple[list[Stray], Doubt | None]:
    """The strays of one kind, and the first doubt about whether there are more."""
    items = [item for item in found if item.defect is defect]
    doubts = (item for item in items if isinstance(item, Doubt))
    return [item for item in items if isinstance(item, Stray)], next(doubts, None)
