"""Things by their address blocks, so that those which meet another block are found without looking at the rest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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

    __slots__ = ("_at", "_items", "_keys", "_lengths")

    def __init__(self, items: Iterable[tuple[Cidr, T]]) -> None:
        """Index things with their blocks."""
        self._items: list[T] = []
        self._at: dict[int, dict[int, list[int]]] = {4: {}, 6: {}}
        lengths: dict[int, set[int]] = {4: set(), 6: set()}
        for number, (cidr, item) in enumerate(items):
            self._items.append(item)
            self._at[cidr.version].setdefault(_key(cidr.first, cidr.prefix), []).append(number)
            lengths[cidr.version].add(cidr.prefix)
        self._keys = {version: sorted(at) for version, at in self._at.items()}
        self._lengths = {version: sorted(found) for version, found in lengths.items()}

    def meeting(self, cidr: Cidr) -> list[T]:
        """Those that have an address in common with a block, in the order in which they were given."""
        at, keys, bits = self._at[cidr.version], self._keys[cidr.version], cidr.bits
        found: list[int] = []
        for length in self._lengths[cidr.version]:
            if length >= cidr.prefix:
                break
            shift = bits - length
            found += at.get(_key(cidr.first >> shift << shift, length), ())
        start = bisect_left(keys, _key(cidr.first, cidr.prefix))
        for key in keys[start : bisect_right(keys, _key(cidr.last, bits))]:
            found += at[key]
        found.sort()
        return [self._items[number] for number in found]


def _key(first: int, prefix: int) -> int:
    """A block as one number, so that blocks are in the order of their first addresses, and wider ones come first."""
    return first << 8 | prefix
