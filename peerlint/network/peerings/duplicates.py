"""Connections that are declared a second time for a pair of VPCs, and those of which that depends on a condition."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.lookups.repeats import Direction, Repeat, by_pair
from peerlint.network.model import Peering
from peerlint.network.network import Network
from peerlint.network.values import Maybe


class Doubtful(Struct, frozen=True):
    """A connection that repeats another one if both exist, and why that is undecided."""

    peering: Peering
    first: Peering
    doubt: Maybe


def duplicates(network: Network) -> Iterator[Repeat | Doubtful]:
    """The second connections of each pair of VPCs; of those that may not exist, the first doubt for each connection."""
    yield from network.peerings.repeats
    for peerings in by_pair(network.peerings.requested):
        for number, peering in enumerate(peerings):
            earlier = (_doubtful(network, peering, first) for first in peerings[:number])
            yield from [doubtful for doubtful in earlier if doubtful is not None][:1]


def _doubtful(network: Network, peering: Peering, first: Peering) -> Doubtful | None:
    one, other = first.origin.presence, peering.origin.presence
    doubt = other.doubt or one.doubt
    if doubt is None and network.peerings.may_be_copies(first, peering):
        doubt = "no code in the input declares either VPC, and nothing shows that both roots or templates are deployed"
    if doubt is None or one.excludes(other) or network.peerings.direction(first, peering) is None:
        return None
    return Doubtful(peering, first, Maybe(doubt))


__all__ = ["Direction", "Doubtful", "Repeat", "duplicates"]
