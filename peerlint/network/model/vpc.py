"""VPCs, their address blocks and their subnets."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Span, Value, Written


class BlockKind(Enum):
    """Where a VPC's block comes from."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    AMAZON = "Amazon-provided"
    IPAM = "IPAM"


class Block(Struct, frozen=True):
    """One address block of a VPC or subnet. ``pool`` is the IPAM pool it was allocated from."""

    cidr: Written[Cidr]
    version: int
    kind: BlockKind
    at: Span
    pool: Value[str] = None


class Vpc(Struct, frozen=True):
    """A VPC: declared, or *outside* (a look-up, a literal id, a variable, another provider's network).

    The defaults of the DNS attributes are the front end's to fill in for a declared VPC (support true, hostnames
    false); for an outside one they are unknown. ``owner`` names a third party (MongoDB Atlas, HCP, …). ``complete``
    tells that the blocks of an outside one are all stated. ``shown`` is where an inventory describes an outside one.
    """

    origin: Origin
    id: Written[str]
    blocks: tuple[Block, ...]
    dns_support: Written[bool]
    dns_hostnames: Written[bool]
    place: Place
    outside: bool = False
    is_default: bool = False
    name: Value[str] = None
    owner: str | None = None
    complete: bool = False
    shown: Span | None = None


class BlockAssociation(Struct, frozen=True):
    """A secondary block that a resource of its own adds to a VPC."""

    origin: Origin
    vpc: Written[str]
    block: Block


class Subnet(Struct, frozen=True):
    """A subnet, declared or outside."""

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    blocks: tuple[Block, ...]
    zone: Value[str] = None
    outside: bool = False
