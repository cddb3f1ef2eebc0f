"""Peering connections as look-ups find them: from both sides, and by what their VPCs have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Findable, Sought
from peerlint.network.values import Written
from peerlint.records import replace

ENDS = (("vpc_id", "cidr_block"), ("peer_vpc_id", "peer_cidr_block"))
"""The properties of a connection that are its VPCs, and what it is found by of each of them."""


def with_ends(findables: Sequence[Findable]) -> Iterator[Findable]:
    """All findables, connections with what they have of their VPCs, and in the places of both.

    Tags are only where they are given: those of a request with the requester, those of an accepter with the accepter
    (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
    """
    vpcs = _by_id(f for f in findables if f.kind is Sought.VPC)
    requests = _by_id(f for f in findables if f.kind is Sought.PEERING and "vpc_id" in dict(f.properties))
    for findable in findables:
        request = requests.get(handle(findable.id)) if findable.kind is Sought.PEERING else None
        if request is None:
            yield findable
            continue
        shared = _shared(request, vpcs)
        tags = tuple((name, value) for name, value in findable.properties if name.startswith("tag:"))
        yield replace(findable, origin=request.origin, properties=(*shared.items(), *tags))
        if findable is request:
            for name, _ in ENDS:
                vpc = vpcs.get(handle(shared[name])) if name in shared else None
                if vpc is not None and vpc.place != findable.place:
                    yield replace(findable, place=vpc.place, properties=tuple(shared.items()))


def _by_id(findables: Iterable[Findable]) -> dict[Handle | None, Findable]:
    found: dict[Handle | None, Findable] = {}
    for findable in findables:
        if handle(findable.id) is not None:
            found.setdefault(handle(findable.id), findable)
    return found


def _shared(request: Findable, vpcs: Mapping[Handle | None, Findable]) -> dict[str, Written[str]]:
    """The properties that a connection has on both of its sides."""
    own = {name: value for name, value in request.properties if not name.startswith("tag:")}
    for name, block in ENDS:
        vpc = vpcs.get(handle(own[name])) if name in own else None
        cidr = dict(vpc.properties).get("cidr_block") if vpc is not None else None
        if cidr is not None:
            own[block] = cidr
    return own
