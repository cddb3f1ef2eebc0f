"""Routes over a peering to what lies behind the edge of the peer: the internet, and the services of AWS."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import CERTAIN, Gateway, GatewayKind, Peering, PrefixListDestination, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.routing.destinations import Prefix, prefixes
from peerlint.network.routing.sides import place
from peerlint.network.routing.strays import Defect, Doubt, Stray, of_service
from peerlint.network.values import Identity, Known, Maybe, Unknown, Why, Written, first_doubt, same

EXITS = frozenset({GatewayKind.INTERNET, GatewayKind.EGRESS_ONLY, GatewayKind.NAT, GatewayKind.VPN})


def edge_routes(network: Network) -> Iterator[Stray | Doubt]:
    """The default routes, and those to prefix lists of AWS services, over any peering.

    A looked-up or literal connection counts as well as a declared one: no peering leads there.
    """
    for route in network.routes.over_peerings:
        peering = network.peerings.by_id(route.target.id)
        if peering is not None and not peering.outside and unroutable(network, peering):
            continue
        near, far = _sides(network, peering, route)
        given = CERTAIN if peering is None else peering.origin.presence
        exists = implied(route.origin.presence, given)
        for prefix in prefixes(network, route):
            if prefix.whole:
                doubt = first_doubt(prefix.doubt, exists)
                stray = Stray(Defect.EDGE, route, prefix, near, far, gateways=_exits(network, far))
                yield stray if doubt is None else Doubt(Defect.EDGE, route, prefix, doubt.reason)
            elif isinstance(prefix.cidr, Unknown) and network.vpcs.of_cidr(prefix.cidr) is None:
                yield Doubt(Defect.EDGE, route, prefix, prefix.cidr.reason)
        yield from _service(network, route, near, far, exists)


def _service(
    network: Network, route: Route, near: Vpc | None, far: Vpc | None, exists: Maybe | None
) -> Iterator[Stray | Doubt]:
    """The routes to prefix lists as a whole."""
    if not isinstance(route.destination, PrefixListDestination):
        return
    if of_service(network, route):
        prefix = Prefix(Unknown(Why.LOOKUP, _text(route.destination.id), of=_identity(route.destination.id)), None)
        owned = tuple(g for g in _gateways(network, far) if _serves(g, route.destination.id))
        stray = Stray(Defect.EDGE, route, prefix, near, far, gateways=owned)
        yield stray if exists is None else Doubt(Defect.EDGE, route, prefix, exists.reason)
        return
    for reason in prefixes(network, route).open[:1]:
        yield Doubt(Defect.EDGE, route, None, reason.reason)


def _identity(id: Written[str]) -> Identity | None:
    return id.of if isinstance(id, Unknown) else None


def _text(id: Written[str]) -> str:
    return id.value if isinstance(id, Known) else id.source


def _serves(gateway: Gateway, id: Written[str]) -> bool:
    return gateway.kind is GatewayKind.GATEWAY_ENDPOINT and same(gateway.prefix_list, id) is not False


def _gateways(network: Network, vpc: Vpc | None) -> tuple[Gateway, ...]:
    return () if vpc is None else network.gateways.of(vpc)


def _exits(network: Network, vpc: Vpc | None) -> tuple[Gateway, ...]:
    """The ways out of a VPC that a default route may have been meant for."""
    return tuple(gateway for gateway in _gateways(network, vpc) if gateway.kind in EXITS)


def _sides(network: Network, peering: Peering | None, route: Route) -> tuple[Vpc | None, Vpc | None]:
    """The route's own VPC and the peer, as far as the input tells them."""
    told = place(network, peering, route).told if peering is not None else None
    if peering is not None and told is not None:
        return network.peerings.end(peering, told).vpc, network.peerings.end(peering, told.other).vpc
    table = network.tables.by_id(route.table)
    return (None if table is None else network.vpcs.by_id(table.vpc, table.origin)), None
