"""Connections that are declared twice for one pair of VPCs.

There is one connection for a pair (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html): a second
request in the same direction gets the id of the connection that exists
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_peering_connection), and one in the
other direction cannot be accepted (https://github.com/hashicorp/terraform-provider-aws/issues/44315).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from msgspec import Struct

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Peering


class Direction(Enum):
    """How a second request for a pair is made, seen from the first one."""

    SAME = "with the same requester"
    OTHER = "with requester and accepter exchanged"


class Repeat(Struct, frozen=True):
    """A second connection, or a further one, for the pair that the first one joins."""

    peering: Peering
    first: Peering
    direction: Direction


def repeats(declared: Iterable[Peering], direction: Callable[[Peering, Peering], Direction | None]) -> Iterator[Repeat]:
    """The declared connections that repeat another one; the first is that which stands first in the files.

    ``direction`` tells how one repeats another, ``None`` where that is not certain. Both certainly exist.
    """
    for peerings in by_pair(declared):
        firsts: list[Peering] = []
        for peering in peerings:
            if peering.origin.presence.doubt is not None:
                continue
            found = next(((first, how) for first in firsts if (how := direction(first, peering)) is not None), None)
            if found is None:
                firsts.append(peering)
            else:
                yield Repeat(peering, *found)


def by_pair(declared: Iterable[Peering]) -> Iterator[list[Peering]]:
    """Those that name one pair of ids, several each time, in the order of the files."""
    found: dict[frozenset[Handle], list[Peering]] = defaultdict(list)
    for peering in declared:
        one, other = handle(peering.vpc), handle(peering.peer_vpc)
        if one is not None and other is not None and one != other and peering.third_party is None:
            found[frozenset({one, other})].append(peering)
    for peerings in found.values():
        if len(peerings) > 1:
            yield sorted(peerings, key=lambda p: (p.origin.span, p.origin.stack, p.origin.address))
