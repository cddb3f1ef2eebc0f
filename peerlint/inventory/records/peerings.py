"""Peering connections."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from peerlint.inventory.records.ids import Id


class PeerBlock(Struct, rename="pascal"):
    """An IPv4 block of a VPC at the end of a connection."""

    cidr_block: str


class PeerIpv6Block(Struct, rename="pascal"):
    """An IPv6 block of a VPC at the end of a connection."""

    ipv6_cidr_block: str


class PeerOptions(Struct, rename="pascal"):
    """The options of one side of a connection."""

    allow_dns_resolution_from_remote_vpc: bool | None = None


class End(Struct, rename="pascal"):
    """What one end of a connection tells of its VPC."""

    vpc_id: Id
    owner_id: str | None = None
    region: str | None = None
    cidr_block: str | None = None
    cidr_block_set: list[PeerBlock] | None = None
    ipv6_cidr_block_set: list[PeerIpv6Block] | None = None
    peering_options: PeerOptions | None = None


class Status(Struct, rename="pascal"):
    """The state of a connection."""

    code: str = ""


class PeeringRecord(Struct, rename="pascal"):
    """A connection of ``describe-vpc-peering-connections``."""

    vpc_peering_connection_id: Id
    requester_vpc_info: End
    accepter_vpc_info: End
    status: Status = msgspec.field(default_factory=Status)

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.vpc_peering_connection_id
