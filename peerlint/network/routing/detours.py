"""Routes by which a table may lead to another VPC without the peering: answers need not go the way of requests."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Route, RouteTable, TargetKind, Vpc
from peerlint.network.network import Network
from peerlint.network.routing.destinations import leads_to, prefixes
from peerlint.network.routing.towards import towards
from peerlint.network.values import Maybe

ROUTERS = frozenset({TargetKind.TRANSIT, TargetKind.VPN, TargetKind.CORE_NETWORK, TargetKind.UNKNOWN})
"""The targets behind which the other VPC may be reached as well."""

APPLIANCES = frozenset({TargetKind.INTERFACE, TargetKind.INSTANCE, TargetKind.ENDPOINT})
"""Those that may hold a tunnel to it, unless they are sent everything, as NAT instances and firewalls are."""


def detours(network: Network, table: RouteTable, vpc: Vpc, version: int) -> Iterator[Maybe]:
    """The doubts that the other routes of a table leave whether it leads to a VPC, in one address family.

    What a virtual private gateway propagates is told by the other ends of its connections, and not by any code.
    """
    for route in towards(network, table).possible(vpc):
        if _forwards(network, route) and leads_to(network, route, vpc, version) is not False:
            yield Maybe(f"{route.origin.name} may lead back through another target ({route.target.kind.value})")
    if table.propagating_gateways or network.tables.propagations(table):
        yield Maybe(f"a route that a gateway propagates into {table.origin.name} may lead back")


def _forwards(network: Network, route: Route) -> bool:
    if route.target.kind in ROUTERS:
        return True
    return route.target.kind in APPLIANCES and not any(prefix.whole for prefix in prefixes(network, route))
