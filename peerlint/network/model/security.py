"""What filters traffic: security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Known, Span, Unknown, Value, Written
from peerlint.records import replace


class Direction(Enum):
    """Which way a permission or entry works."""

    INGRESS = "ingress"
    EGRESS = "egress"


def directions(origin: Origin, direction: Direction | Unknown) -> Iterator[tuple[Origin, Direction]]:
    """The direction of a permission or entry; where it is unknown, each of them, of an origin that may not exist."""
    if isinstance(direction, Direction):
        yield origin, direction
        return
    doubt = origin.presence.doubt or f"its direction is unknown: {direction.reason}"
    for each in Direction:
        yield replace(origin, presence=replace(origin.presence, doubt=doubt)), each


class SecurityGroup(Struct, frozen=True):
    """A security group. ``vpc`` is ``None`` where none is written (the Region's default VPC)."""

    origin: Origin
    id: Written[str]
    vpc: Value[str]
    place: Place
    is_default: bool = False
    outside: bool = False
    name: Value[str] = None


class CidrPeer(Struct, frozen=True):
    """A permission's address block."""

    cidr: Written[Cidr]
    at: Span


class GroupPeer(Struct, frozen=True):
    """A permission's security group; ``account`` is the owner where the reference names one."""

    group: Written[str]
    at: Span
    account: Value[str] = None


class PrefixListPeer(Struct, frozen=True):
    """A permission's prefix list."""

    list: Written[str]
    at: Span


class SelfPeer(Struct, frozen=True):
    """The group itself."""

    at: Span


class UnknownPeers(Struct, frozen=True):
    """A collection of peers that is unknown as a whole."""

    value: Unknown
    at: Span


PermissionPeer: TypeAlias = CidrPeer | GroupPeer | PrefixListPeer | SelfPeer | UnknownPeers


class Permission(Struct, frozen=True):
    """One rule of a security group.

    ``protocol`` is lower case (``tcp``, ``udp``, ``icmp``, ``icmpv6``, a number, or ``-1`` for all); with all protocols
    the ports are ``None``. For ICMP the ports are type and code.
    """

    origin: Origin
    group: Written[str]
    direction: Direction
    protocol: Written[str]
    from_port: Value[int]
    to_port: Value[int]
    peers: tuple[PermissionPeer, ...]
    place: Place
    inline: bool = False


class NetworkAcl(Struct, frozen=True):
    """A network ACL; ``subnets`` are those its own block names."""

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    subnets: tuple[Written[str], ...] = ()
    is_default: bool = False
    outside: bool = False


class AclAssociation(Struct, frozen=True):
    """A subnet's network ACL, set by a resource of its own."""

    origin: Origin
    acl: Written[str]
    subnet: Written[str]


class AclEntry(Struct, frozen=True):
    """One entry of a network ACL; ports are ``None`` for all ports.

    ``version`` is the address family of the argument that a block stands in, ``None`` where that is not told.
    """

    origin: Origin
    acl: Written[str]
    direction: Direction
    number: Written[int]
    allow: Written[bool]
    protocol: Written[str]
    cidr: Written[Cidr]
    from_port: Value[int] = None
    to_port: Value[int] = None
    icmp_type: Value[int] = None
    icmp_code: Value[int] = None
    inline: bool = False
    version: int | None = None

    @property
    def family(self) -> int | None:
        """The address family that it is about, ``None`` where that is not told."""
        return self.cidr.value.version if isinstance(self.cidr, Known) else self.version


class GroupVpcAssociation(Struct, frozen=True):
    """A security group made usable in another VPC of its Region."""

    origin: Origin
    group: Written[str]
    vpc: Written[str]
