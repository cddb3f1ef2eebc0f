"""Things by their address blocks, so that those which meet another block are found without looking at the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from peerlint.network.cidr import Cidr

T = TypeVar("T")


class CidrIndex(Generic[T]):
    """Things by the blocks that they have, any number of them by one.

    Of two blocks that meet one contains the other: what contains a block has one of at most 32 (or 128) prefixes of its
    first address, and what it contains begins within it. So a question costs the number of different prefix lengths,
    a binary search, and what is found.
    """

    __slots__ = ("_at", "_firsts", "_lengths")

    def __init__(self, items: Iterable[tuple[Cidr, T]]) -> None:
        """Index things with their blocks."""
        self._at: dict[tuple[int, int, int], list[tuple[int, T]]] = defaultdict(list)
        for number, (cidr, item) in enumerate(items):
            self._at[cidr.version, cidr.first, cidr.prefix].append((number, item))
        self._firsts: dict[int, list[tuple[int, int]]] = {4: [], 6: []}
        for version, first, prefix in sorted(self._at):
            self._firsts[version].append((first, prefix))
        self._lengths = {v: sorted({prefix for _, prefix in blocks}) for v, blocks in self._firsts.items()}

    def meeting(self, cidr: Cidr) -> list[T]:
        """Those that have an address in common with a block, in the order in which they were given."""
        found: list[tuple[int, T]] = []
        version, bits = cidr.version, cidr.bits
        for length in self._lengths[version]:
            if length >= cidr.prefix:
                break
            shift = bits - length
            found += self._at.get((version, cidr.first >> shift << shift, length), ())
        firsts = self._firsts[version]
        start = bisect_left(firsts, (cidr.first, cidr.prefix))
        end = bisect_right(firsts, (cidr.last, bits))
        for first, prefix in firsts[start:end]:
            found += self._at[version, first, prefix]
        found.sort(key=_number)
        return [item for _, item in found]


def _number(numbered: tuple[int, object]) -> int:
    return numbered[0]
