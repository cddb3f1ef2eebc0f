"""What stacks find of one another by properties: what a look-up asks for, and what it may find."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Identity, Written

Properties: TypeAlias = tuple[tuple[str, Written[str]], ...]
"""Pairs of a property and its value. Properties are called as the arguments of Terraform's data sources
(``vpc_id``, ``cidr_block``), a tag ``tag:Name``.
"""


class Sought(Enum):
    """The kinds of thing that are looked up."""

    VPC = "VPC"
    SUBNET = "subnet"
    TABLE = "route table"
    GROUP = "security group"
    PEERING = "peering connection"


class Lookup(Struct, frozen=True):
    """A look-up of a single thing, which fails where several match.

    ``of`` is the identity of what it finds, whose attributes are those with an attribute added. ``wanted`` are the
    properties, each with the values of which it must have one. ``place`` is the Region and account it looks in.
    """

    kind: Sought
    of: Identity
    origin: Origin
    place: Place
    wanted: tuple[tuple[str, tuple[Written[str], ...]], ...]


class Findable(Struct, frozen=True):
    """Something declared, as a look-up may find it. ``properties`` are those that are written."""

    kind: Sought
    id: Written[str]
    origin: Origin
    place: Place
    properties: Properties
