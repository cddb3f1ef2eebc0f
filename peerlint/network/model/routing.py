"""Route tables, what is associated with them, and routes."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Span, Written


class RouteTable(Struct, frozen=True):
    """A route table. ``is_default`` is the one that AWS makes with the VPC; ``outside`` ones may hold unseen routes.

    ``listed`` is where its own block lists its routes (an empty list counts), so that Terraform removes every other
    one; ``None`` where it lists none, or is told to ignore what changes there.
    """

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    place: Place
    is_default: bool = False
    is_main: bool = False
    outside: bool = False
    propagating_gateways: tuple[Written[str], ...] = ()
    listed: Listing | None = None


class Listing(Struct, frozen=True):
    """Where a table's own block lists its routes; ``doubt`` says why it may list none."""

    at: Span
    doubt: str | None = None


class SubnetAssociation(Struct, frozen=True):
    """A subnet's explicit route table."""

    origin: Origin
    table: Written[str]
    subnet: Written[str]


class GatewayAssociation(Struct, frozen=True):
    """A gateway's (edge) route table."""

    origin: Origin
    table: Written[str]
    gateway: Written[str]


class MainAssociation(Struct, frozen=True):
    """A VPC's main route table, set by ``aws_main_route_table_association``."""

    origin: Origin
    table: Written[str]
    vpc: Written[str]


class GatewayPropagation(Struct, frozen=True):
    """A virtual private gateway whose routes are propagated into a table, set by a resource of its own."""

    origin: Origin
    table: Written[str]
    gateway: Written[str]


class TargetKind(Enum):
    """Every kind of target a route can have."""

    PEERING = "VPC peering connection"
    INTERNET = "internet gateway"
    EGRESS_ONLY = "egress-only internet gateway"
    NAT = "NAT gateway"
    VPN = "virtual private gateway"
    TRANSIT = "transit gateway"
    INTERFACE = "network interface"
    INSTANCE = "instance"
    ENDPOINT = "VPC endpoint"
    LOCAL = "local"
    CARRIER = "carrier gateway"
    CORE_NETWORK = "core network"
    LOCAL_GATEWAY = "local gateway"
    UNKNOWN = "unknown target"


class Target(Struct, frozen=True):
    """What a route sends to; ``argument`` is the argument that named it."""

    kind: TargetKind
    id: Written[str]
    argument: str


class CidrDestination(Struct, frozen=True):
    """A route's destination block. ``version`` is 4 or 6 by the argument used."""

    cidr: Written[Cidr]
    version: int


class PrefixListDestination(Struct, frozen=True):
    """A route's destination prefix list."""

    id: Written[str]


Destination: TypeAlias = CidrDestination | PrefixListDestination


class Route(Struct, frozen=True):
    """One route of a table. ``inline`` ones are written in the table's own block."""

    origin: Origin
    table: Written[str]
    destination: Destination
    target: Target
    place: Place
    inline: bool = False
