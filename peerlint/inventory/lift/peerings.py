"""Peering connections that exist."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.inventory.collect import Seen
from peerlint.inventory.lift.item import Context, origin
from peerlint.inventory.records import End, PeeringRecord
from peerlint.network.model import CERTAIN, DnsOption, Entity, Peering, Presence, Shown, Side
from peerlint.network.values import Known, Span

ACTIVE = ("active", "provisioning")
PENDING = ("initiating-request", "pending-acceptance")
"""The states in which a connection is, or may come to be; in the others there is none
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle).
"""


def is_active(record: PeeringRecord) -> bool:
    """Whether a connection has been accepted."""
    return record.status.code in ACTIVE


def ends(record: PeeringRecord) -> tuple[tuple[str, End], tuple[str, End]]:
    """Both ends of a connection with the members that hold them, the requester first."""
    return ("RequesterVpcInfo", record.requester_vpc_info), ("AccepterVpcInfo", record.accepter_vpc_info)


def peerings(context: Context) -> Iterator[Entity]:
    """The connections that carry traffic, and those that wait for it."""
    for seen in context.inventory.of(PeeringRecord).values():
        if seen.record.status.code in (*ACTIVE, *PENDING):
            yield _peering(context, seen)


def _peering(context: Context, seen: Seen[PeeringRecord]) -> Peering:
    record, at = seen.record, seen.item.at("VpcPeeringConnectionId")
    requester, accepter = record.requester_vpc_info, record.accepter_vpc_info
    id = record.vpc_peering_connection_id
    waits = Presence(f"the inventory shows {id} as {record.status.code}")
    return Peering(
        origin(id, at, CERTAIN if is_active(record) else waits),
        Known(id, at),
        Known(requester.vpc_id, at),
        Known(accepter.vpc_id, at),
        context.places.of(requester.vpc_id),
        peer_owner=Known(accepter.owner_id) if accepter.owner_id else None,
        peer_region=Known(accepter.region) if accepter.region else None,
        outside=True,
        accepted=is_active(record),
        shown=Shown(at, tuple(_options(record, at))),
    )


def _options(record: PeeringRecord, at: Span) -> Iterator[DnsOption]:
    for side, (_, end) in zip(Side, ends(record), strict=True):
        options = end.peering_options
        if options is not None and options.allow_dns_resolution_from_remote_vpc is not None:
            yield DnsOption(side, Known(options.allow_dns_resolution_from_remote_vpc, at), at)
