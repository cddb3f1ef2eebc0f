"""Peering connections, and the resources that accept them or set their options."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.model.origin import Origin, Place, Presence
from peerlint.network.values import Known, Span, Value, Written

TagEntries: TypeAlias = Written[tuple[tuple[str, Written[str]], ...]]
"""Pairs of the key of a tag and its value, by key."""

NO_TAGS: TagEntries = Known(())
NO_KEYS: Written[tuple[str, ...]] = Known(())


class Side(Enum):
    """The two ends of a peering."""

    REQUESTER = "requester"
    ACCEPTER = "accepter"

    @property
    def other(self) -> Side:
        """The far end."""
        return Side.ACCEPTER if self is Side.REQUESTER else Side.REQUESTER


class DnsOption(Struct, frozen=True):
    """``allow_remote_vpc_dns_resolution`` of one side, where something sets it.

    ``presence`` is that of the block which does so, ``None`` where it is the resource's.
    One that is not ``written`` is left to something else by the resource, which says so at its header.
    """

    side: Side
    value: Written[bool]
    at: Span
    presence: Presence | None = None
    written: bool = True


class Shown(Struct, frozen=True):
    """What an inventory shows of a connection that exists; ``dns`` are the options as they are there."""

    at: Span
    dns: tuple[DnsOption, ...] = ()


class Tags(Struct, frozen=True):
    """The tags that a resource keeps as they are written.

    ``defaults`` are those that its provider adds where ``entries`` has no such key. ``ignored`` are the keys that its
    provider leaves to others, those with a ``*`` at the end by their beginning.
    """

    entries: TagEntries
    defaults: TagEntries = NO_TAGS
    ignored: Written[tuple[str, ...]] = NO_KEYS


class Peering(Struct, frozen=True):
    """A peering connection request.

    ``place`` is the requester's. ``peer_owner``, ``peer_region`` and ``auto_accept`` are ``None`` where not written
    (own account, own Region, false). ``peer_role`` is CloudFormation's PeerRoleArn; with ``service_accepts`` it is what
    makes the request (CloudFormation, the Cloud Control API) that accepts it within one account. ``third_party`` names
    the service that made the request, or receives it, outside AWS code. ``outside`` ones are looked up, not declared.
    ``accepted`` ones are known to be: a state or an inventory tells so, and not by whom. ``shown`` ones are seen in an
    inventory; ``named`` ones are outside, and code sends routes over them, accepts them or sets their options.
    ``tags`` are ``None`` for one that leaves them alone.
    """

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    peer_vpc: Written[str]
    place: Place
    peer_owner: Value[str] = None
    peer_region: Value[str] = None
    auto_accept: Value[bool] = None
    peer_role: Value[str] = None
    service_accepts: bool = False
    dns: tuple[DnsOption, ...] = ()
    third_party: str | None = None
    outside: bool = False
    accepted: bool = False
    shown: Shown | None = None
    named: bool = False
    tags: Tags | None = None

    @property
    def certain_to_be(self) -> bool:
        """Whether it is declared, or seen in an inventory, and not only looked up."""
        return not self.outside or self.shown is not None


class Accepter(Struct, frozen=True):
    """``aws_vpc_peering_connection_accepter``: the accepter's side adopting a request."""

    origin: Origin
    peering: Written[str]
    place: Place
    auto_accept: Value[bool] = None
    dns: tuple[DnsOption, ...] = ()
    tags: Tags | None = None


class PeeringOptions(Struct, frozen=True):
    """``aws_vpc_peering_connection_options``, or a custom resource that calls ModifyVpcPeeringConnectionOptions."""

    origin: Origin
    peering: Written[str]
    place: Place
    dns: tuple[DnsOption, ...] = ()
