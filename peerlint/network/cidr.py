"""CIDR blocks, parsed strictly in this one place.

netaddr accepts ``10.0.0.0`` and ``10.0.0.5/16`` and calls the second equal to ``10.0.0.0/16``; AWS canonicalises host
bits and refuses what has no prefix (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from netaddr import AddrFormatError, IPAddress, IPNetwork


@dataclass(frozen=True)
class Cidr:
    """A canonical block: IP version, first address as an integer, prefix length in bits.

    ``written`` is the text it was parsed from, which may have host bits set.
    """

    version: int
    first: int
    prefix: int
    written: str = field(default="", compare=False)

    @cached_property
    def last(self) -> int:
        """The last address as an integer."""
        return self.first | ((1 << (self.bits - self.prefix)) - 1)

    @cached_property
    def bits(self) -> int:
        """32 for IPv4, 128 for IPv6."""
        return 32 if self.version == 4 else 128

    def __str__(self) -> str:
        return f"{IPAddress(self.first, 4 if self.version == 4 else 6)}/{self.prefix}"

    @cached_property
    def has_host_bits(self) -> bool:
        """Whether it was written with bits set beyond its prefix."""
        return bool(self.written) and IPNetwork(self.written).value != self.first

    def overlaps(self, other: Cidr) -> bool:
        """Whether any address is in both; never across IP versions."""
        return self.version == other.version and self.first <= other.last and other.first <= self.last

    def covers(self, other: Cidr) -> bool:
        """Whether every address of ``other`` is in this block."""
        return self.version == other.version and self.first <= other.first and other.last <= self.last


@lru_cache(maxsize=65536)
def parse_cidr(text: str) -> Cidr | None:
    """The block that ``text`` writes in CIDR notation, or ``None`` where AWS would not parse it."""
    address, slash, prefix = text.partition("/")
    if not slash or not prefix.isascii() or not prefix.isdigit() or (":" not in address and address.count(".") != 3):
        return None
    try:
        network = IPNetwork(text)
    except (AddrFormatError, ValueError):
        return None
    return Cidr(network.version, network.first, network.prefixlen, text)


def covered(block: Cidr, by: Iterable[Cidr]) -> bool:
    """Whether the union of ``by`` contains every address of ``block``."""
    reached = block.first
    for part in sorted((c for c in by if c.overlaps(block)), key=lambda c: c.first):
        if part.first > reached:
            return False
        reached = max(reached, part.last + 1)
        if reached > block.last:
            return True
    return False
