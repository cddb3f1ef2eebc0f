"""From a template's resources to the entities of the network: one file for each part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from peerlint.cloudformation.lift import acls, defaults, gateways, groups, options, peering, routing, vpc, zones
from peerlint.cloudformation.lift.item import Stack
from peerlint.network.model import Entity

Lifter: TypeAlias = Callable[[Stack], Iterator[Entity]]

_LIFTERS: tuple[Lifter, ...] = (
    vpc.vpcs,
    vpc.block_associations,
    vpc.subnets,
    routing.route_tables,
    routing.associations,
    routing.routes,
    routing.prefix_lists,
    peering.peerings,
    options.peering_options,
    groups.groups,
    groups.permissions,
    groups.vpc_associations,
    acls.acls,
    acls.entries,
    gateways.attached,
    gateways.standalone,
    zones.zones,
    defaults.defaults,
)


def lift(*stacks: Stack) -> tuple[Entity, ...]:
    """Every entity that the templates of one stack declare. Problems and gaps that show on the way are left in them.

    A part of the network is taken from all of them before the next: what one refers to makes another's defaults.
    """
    return tuple(entity for lifter in _LIFTERS for stack in stacks for entity in lifter(stack))
