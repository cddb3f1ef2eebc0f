"""Routes of a VPC over a connection that does not lead where their destination is, and the one that does."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import CidrDestination, Peering, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.presence import uncertain
from peerlint.network.routing.destinations import leads_to, peers_holding, prefixes
from peerlint.network.routing.misroutes import is_barred
from peerlint.network.routing.towards import towards
from peerlint.network.values import first_doubt


def rightful(network: Network, route: Route, near: Vpc) -> Peering | None:
    """The connection of a VPC that leads to the destination of a route of it."""
    version = 6 if isinstance(route.destination, CidrDestination) and route.destination.version == 6 else 4
    for peering, far in peers_holding(network, near, prefixes(network, route)):
        if leads_to(network, route, far, version) is True:
            return peering
    return None


def misdirected(network: Network, peering: Peering, near: Vpc, far: Vpc, version: int) -> Iterator[Route]:
    """The routes of one end of a peering that lead to the other by another connection, which does not join the two.

    Another rule says of such a route which connection it should name.
    """
    for table in network.tables.of(near):
        for route in towards(network, table).certain(far):
            other = network.peerings.by_id(route.target.id)
            if other is None or other is peering or leads_to(network, route, far, version) is not True:
                continue
            doubt = first_doubt(uncertain(other.origin.presence), implied(route.origin.presence, other.origin.presence))
            if doubt is None and not _may_lead_over(network, route, other, near, version):
                yield route


def _may_lead_over(network: Network, route: Route, other: Peering, near: Vpc, version: int) -> bool:
    """Whether a route may lead to the far end of its own connection."""
    if is_barred(network, route):
        return False
    ends = [end.vpc for end in network.peerings.ends(other) if network.vpcs.same(end.vpc, near) is not True]
    return not ends or any(leads_to(network, route, vpc, version) is not False for vpc in ends)
