"""Records → the entities of the model, all of them things that exist and that no code here declares."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.inventory.collect import Inventory
from peerlint.inventory.lift.item import Context
from peerlint.inventory.lift.peerings import peerings
from peerlint.inventory.lift.routing import prefix_lists, tables
from peerlint.inventory.lift.security import acls, groups, rules
from peerlint.inventory.lift.vpcs import subnets, vpcs
from peerlint.inventory.places import Places
from peerlint.network.model import Entity

LIFTS = (vpcs, subnets, tables, prefix_lists, peerings, groups, rules, acls)


def lifted(inventory: Inventory) -> Iterator[Entity]:
    """The entities of an inventory."""
    context = Context(inventory, Places(inventory))
    for lift in LIFTS:
        yield from lift(context)
