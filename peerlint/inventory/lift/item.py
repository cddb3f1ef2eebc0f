"""What the lifting of every kind of record shares."""

from __future__ import annotations

from msgspec import Struct

from peerlint.inventory.collect import Inventory
from peerlint.inventory.places import STACK, Places
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.model import CERTAIN, Language, Origin, Presence
from peerlint.network.values import Known, Span, Unknown, Why, Written


class Context(Struct, frozen=True):
    """An inventory and the places of its VPCs."""

    inventory: Inventory
    places: Places


def origin(address: str, at: Span, presence: Presence = CERTAIN) -> Origin:
    """Where something of an inventory is shown."""
    return Origin(STACK, address, at, Language.INVENTORY, presence=presence)


def cidr(text: str, at: Span) -> Written[Cidr]:
    """A block as it is printed; unknown where it is none."""
    found = parse_cidr(text)
    return Known(found, at) if found is not None else Unknown(Why.INVALID, text, at)
