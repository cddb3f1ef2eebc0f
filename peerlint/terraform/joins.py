"""Look-ups that certainly find what the same root declares.

A data source that finds a single thing fails where several match. So where its conditions are all met by a declared
resource, that is what it finds, once there is anything to find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Entity, Peering
from peerlint.network.values import Identity, Unknown, Written


def joins(entities: Iterable[Entity]) -> Mapping[Identity, Written[object]]:
    """The ids of declared resources, by those of the look-ups that find them."""
    return dict(_peerings([entity for entity in entities if isinstance(entity, Peering)]))


def _peerings(peerings: Iterable[Peering]) -> Iterator[tuple[Identity, Written[object]]]:
    """A look-up by both VPCs finds the connection between them, of which there can be only one
    (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations).
    """
    declared: dict[tuple[Handle, Handle], list[Peering]] = defaultdict(list)
    for peering in peerings:
        ends = _ends(peering)
        if ends is not None and not peering.outside:
            declared[ends].append(peering)
    for peering in peerings:
        ends, of = _ends(peering), peering.id.of if isinstance(peering.id, Unknown) else None
        if peering.outside and ends is not None and of is not None and not of.many and len(declared[ends]) == 1:
            yield of, declared[ends][0].id


def _ends(peering: Peering) -> tuple[Handle, Handle] | None:
    """The ids of both VPCs, where each is that of one VPC."""
    requester, accepter = handle(peering.vpc), handle(peering.peer_vpc)
    if requester is None or accepter is None:
        return None
    many = any(isinstance(end, Identity) and end.many for end in (requester, accepter))
    return None if many else (requester, accepter)
