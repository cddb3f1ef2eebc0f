"""Sides of a peering whose routes over it are in tables that no subnet uses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from peerlint.network.handles import handle
from peerlint.network.lookups.peerings import End
from peerlint.network.model import Peering, Route, RouteTable
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import unroutable
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import shares
from peerlint.network.routing.detours import detours
from peerlint.network.routing.sides import SIDES, routed_families
from peerlint.network.routing.ways import Lead, SideRoutes, side_routes
from peerlint.network.values import Maybe


class Ineffective(Struct, frozen=True):
    """A side that routes to the other only from ``tables`` that none of its subnets uses, by ``routes``."""

    near: End
    far: End
    routes: tuple[Route, ...]
    tables: tuple[RouteTable, ...]


@remembered
def ineffective(network: Network, peering: Peering) -> tuple[Ineffective | Maybe, ...]:
    """Every side of a peering whose routes over it have no effect, or why that is undecided for it.

    A route in a spare table beside others that are used is no defect. Nothing is asked of tables whose VPC has no
    subnets in the input: they are declared elsewhere.
    """
    return tuple(_ineffective(network, peering))


def _ineffective(network: Network, peering: Peering) -> Iterator[Ineffective | Maybe]:
    if unroutable(network, peering):
        return
    for side in SIDES:
        here = side_routes(network, peering, side)
        judged = [_judge(here, version) for version in routed_families(network, peering)]
        leads = [lead for found in judged if isinstance(found, tuple) for lead in found]
        doubts = [found for found in judged if isinstance(found, Maybe)]
        if leads and not doubts:
            routes = tuple(
                dict.fromkeys(lead.route for lead in leads if lead.certain and not lead.route.origin.observed)
            )
            tables = (network.tables.by_id(route.table) for route in routes)
            by_id = {handle(table.id): table for table in tables if table is not None}
            near, far = network.peerings.end(peering, side), network.peerings.end(peering, side.other)
            if routes:
                yield Ineffective(near, far, routes, tuple(by_id.values()))
        yield from doubts[:1]


def _judge(here: SideRoutes, version: int) -> tuple[Lead, ...] | Maybe | None:
    """The destinations by which a side leads to the other one in vain, ``None`` where it does not, or why it may."""
    leads = [
        lead
        for lead in here.leads
        if lead.is_of(version) and lead.truth is not False and shares(here.network, lead.prefix, here.far) is not False
    ]
    uses = [here.in_use(lead.route) for lead in leads]
    if not any(lead.certain and shares(here.network, lead.prefix, here.far) is True for lead in leads) or True in uses:
        return None
    if here.leads_astray(version):
        return None
    doubts = [use for use in uses if isinstance(use, Maybe)]
    subnets = here.network.subnets.of(here.near)
    if doubts:
        return doubts[0] if subnets.items else None
    tables = here.network.tables.of(here.near)
    doubts += here.open
    others = (doubt for table in tables for doubt in detours(here.network, table, here.far, version))
    doubt = next(chain(doubts, others), None)
    return tuple(leads) if doubt is None else doubt
