"""Sets of addresses of one IP version, as sorted intervals.

``netaddr.IPSet`` does the same on a dictionary of ``IPNetwork`` objects, which it merges pair by pair: with four blocks
as with a thousand that takes fifteen times as long as sorting pairs of integers once, and a rule makes such sets for
every subnet of every peering.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from peerlint.network.cidr import Cidr


class Addresses(Struct, frozen=True):
    """A set of addresses of one IP version (4 or 6).

    ``intervals`` are pairs of the first and the last address as integers, in order, which neither overlap nor touch,
    so that equal sets are equal objects. Making a set or a union sorts; all else is linear in the intervals.
    """

    version: int
    intervals: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, version: int, cidrs: Iterable[Cidr]) -> Addresses:
        """The union of those blocks that are of this IP version."""
        return cls(version, merged(sorted((c.first, c.last) for c in cidrs if c.version == version)))

    def __bool__(self) -> bool:
        """Whether there is any address in it."""
        return bool(self.intervals)

    def __or__(self, other: Addresses) -> Addresses:
        """The addresses in either."""
        return Addresses(self.version, merged(sorted((*self.intervals, *self._alike(other).intervals))))

    def __and__(self, other: Addresses) -> Addresses:
        """The addresses in both."""
        return Addresses(self.version, tuple(common(self.intervals, self._alike(other).intervals)))

    def __sub__(self, other: Addresses) -> Addresses:
        """The addresses of this one that are not in the other."""
        return Addresses(self.version, tuple(rest(self.intervals, self._alike(other).intervals)))

    def covers(self, other: Addresses) -> bool:
        """Whether every address of the other is in this one."""
        return not other - self

    def cidrs(self) -> Iterator[Cidr]:
        """The fewest blocks that together are the set, in order."""
        for first, last in self.intervals:
            yield from _blocks(self.version, first, last)

    def __str__(self) -> str:
        return ", ".join(map(str, self.cidrs()))

    def _alike(self, other: Addresses) -> Addresses:
        if other.version != self.version:
            raise ValueError(f"addresses of IPv{self.version} and of IPv{other.version} are never compared")
        return other


def merged(ordered: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The union of intervals that come in order, as those that neither overlap nor touch."""
    found: list[tuple[int, int]] = []
    for first, last in ordered:
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return tuple(found)


def common(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """What two sets of such intervals have in common."""
    one = other = 0
    while one < len(left) and other < len(right):
        first, last = max(left[one][0], right[other][0]), min(left[one][1], right[other][1])
        if first <= last:
            yield first, last
        if left[one][1] < right[other][1]:
            one += 1
        else:
            other += 1


def rest(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """What is in the first of two sets of such intervals, and not in the second."""
    place = 0
    for start, last in left:
        first = start
        while place < len(right) and right[place][1] < first:
            place += 1
        at = place
        while at < len(right) and right[at][0] <= last:
            if first < right[at][0]:
                yield first, right[at][0] - 1
            first = right[at][1] + 1
            at += 1
        if first <= last:
            yield first, last


def _blocks(version: int, first: int, last: int) -> Iterator[Cidr]:
    """An interval as blocks: each time the largest that begins at its first address and does not pass its last."""
    bits = 32 if version == 4 else 128
    while first <= last:
        aligned = (first & -first).bit_length() - 1 if first else bits
        size = min(aligned, (last - first + 1).bit_length() - 1)
        yield Cidr(version, first, bits - size)
        first += 1 << size
