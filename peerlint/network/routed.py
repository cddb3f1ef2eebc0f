"""Which subnets of a side send over a peering: those whose route table has a route into the other side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Kind, Peering, Route, RouteTable, Side, Subnet
from peerlint.network.network import Network
from peerlint.network.pairs import implied
from peerlint.network.routing import way
from peerlint.network.values import Maybe, first_doubt


@dataclass(frozen=True, slots=True)
class RoutedSubnet:
    """A subnet that certainly sends over a peering, and the routes of its table that do so."""

    subnet: Subnet
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class RoutedSubnets:
    """The subnets of a side that certainly send over a peering. ``open`` says why there may be more."""

    items: tuple[RoutedSubnet, ...]
    open: tuple[Maybe, ...]


def routed_subnets(network: Network, peering: Peering, side: Side, version: int) -> RoutedSubnets:
    """The subnets that certainly send over a peering in one address family; those without a block of it do not."""
    vpc = network.peerings.end(peering, side).vpc
    by_table: dict[Handle, list[Route]] = {}
    for route in way(network, peering, side, version).routes:
        key = handle(route.table)
        if key is not None:
            by_table.setdefault(key, []).append(route)
    subnets = network.subnets.of(vpc)
    found: list[RoutedSubnet] = []
    doubts: list[Maybe] = list(subnets.open)
    for subnet in subnets if by_table else ():
        table = _table(network, subnet)
        doubt = first_doubt(
            table if isinstance(table, Maybe) else None, implied(subnet.origin.presence, peering.origin.presence)
        )
        if doubt is not None:
            doubts.append(doubt)
        elif not isinstance(table, Maybe) and table in by_table and _has_family(subnet, version):
            found.append(RoutedSubnet(subnet, tuple(by_table[table])))
    return RoutedSubnets(tuple(found), tuple(dict.fromkeys(doubts)))


def _table(network: Network, subnet: Subnet) -> Handle | Maybe | None:
    """The table that a subnet uses: that of its association, else the main one."""
    associations = network.subnets.associations(subnet)
    certain = [a for a in associations if implied(a.origin.presence, subnet.origin.presence) is None]
    if len(associations.items) == len(certain) == 1:
        return handle(certain[0].table)
    for reason in _why_unsure(network, subnet):
        return reason
    main = network.tables.main(network.vpcs.by_id(subnet.vpc, subnet.origin))
    return handle(main.id) if isinstance(main, RouteTable) else main


def _why_unsure(network: Network, subnet: Subnet) -> Iterator[Maybe]:
    associations = network.subnets.associations(subnet)
    if associations.items:
        yield Maybe(f"the route table of {subnet.origin.name} depends on which of its associations exist")
    yield from associations.open
    yield from network.openness(Kind.ASSOCIATION, subnet.origin.stack, subnet.id)
    if subnet.outside:
        yield Maybe(f"the route table of {subnet.origin.name} is associated elsewhere")


def _has_family(subnet: Subnet, version: int) -> bool:
    """Whether a subnet has addresses of a family. A looked-up one may; an IPv4 block need not be told."""
    versions = {block.version for block in subnet.blocks}
    return version in versions or subnet.outside or (version == 4 and not versions)
