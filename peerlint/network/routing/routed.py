"""Which subnets of a side send over a peering: those whose route table has a route into the other side."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.handles import Handle, handle
from peerlint.network.model import Peering, Route, Side, Subnet
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.routing.destinations import prefixes
from peerlint.network.routing.effective import effective_table
from peerlint.network.routing.ways import side_routes
from peerlint.network.values import Known, Maybe


class RoutedSubnet(Struct, frozen=True):
    """A subnet that certainly sends over a peering, and the routes of its table that do so."""

    subnet: Subnet
    routes: tuple[Route, ...]

    def destinations(self, network: Network) -> tuple[Cidr, ...] | None:
        """Where the routes lead; ``None`` where that is not known of all of them."""
        found = [prefix.cidr for route in self.routes for prefix in prefixes(network, route)]
        known = tuple(cidr.value for cidr in found if isinstance(cidr, Known))
        return known if len(known) == len(found) else None


class RoutedSubnets(Struct, frozen=True):
    """The subnets of a side that certainly send over a peering. ``open`` says why there may be more."""

    items: tuple[RoutedSubnet, ...]
    open: tuple[Maybe, ...]


def routed_subnets(network: Network, peering: Peering, side: Side, version: int) -> RoutedSubnets:
    """The subnets that certainly send over a peering in one address family; those without a block of it do not."""
    vpc = network.peerings.end(peering, side).vpc
    by_table: dict[Handle | None, list[Route]] = {}
    for route in side_routes(network, peering, side).way(version).routes:
        key = handle(route.table)
        if key is not None:
            by_table.setdefault(key, []).append(route)
    subnets = network.subnets.of(vpc)
    found: list[RoutedSubnet] = []
    doubts: list[Maybe] = list(subnets.open)
    for subnet in subnets if by_table else ():
        table = effective_table(network, subnet)
        doubt = implied(subnet.origin.presence, peering.origin.presence)
        if isinstance(table, Maybe) or doubt is not None:
            doubts += [reason for reason in (table, doubt) if isinstance(reason, Maybe)]
        elif handle(table.id) in by_table and _has_family(subnet, version):
            routes = by_table[handle(table.id)]
            found.append(RoutedSubnet(subnet, tuple(routes)))
    return RoutedSubnets(tuple(found), tuple(dict.fromkeys(doubts)))


def _has_family(subnet: Subnet, version: int) -> bool:
    """Whether a subnet has addresses of a family. A looked-up one may; an IPv4 block need not be told."""
    versions = {block.version for block in subnet.blocks}
    return version in versions or subnet.outside or (version == 4 and not versions)
