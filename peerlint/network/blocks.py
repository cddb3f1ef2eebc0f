"""What the address blocks of VPCs share with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import Block, BlockKind, Vpc
from peerlint.network.network import Network
from peerlint.network.remembered import remembered
from peerlint.network.values import Identity, Known, Maybe, Truth, Unknown, Written, first_doubt, same

DEFAULT_VPC = parse_cidr("172.31.0.0/16")
"""The primary block of every default VPC (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html);
nobody can choose another (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html).
"""


def cidr_of(vpc: Vpc, block: Block) -> Written[Cidr]:
    """A block's CIDR, which for the primary block of a default VPC is known whatever the code tells."""
    primary = vpc.is_default and block.kind is BlockKind.PRIMARY and block.version == 4
    if primary and isinstance(block.cidr, Unknown) and DEFAULT_VPC is not None:
        return Known(DEFAULT_VPC, block.at)
    return block.cidr


def known_cidrs(network: Network, vpc: Vpc) -> tuple[Cidr, ...]:
    """The CIDRs of a VPC that are known, whether or not there may be more."""
    values = (cidr_of(vpc, block) for block in network.vpcs.blocks(vpc))
    return tuple(dict.fromkeys(value.value for value in values if isinstance(value, Known)))


@remembered
def relevant_blocks(network: Network, vpc: Vpc) -> tuple[PlacedBlock, ...]:
    """The blocks of a VPC without the unknown ones that are among the known ones."""
    placed = network.vpcs.placed_blocks(vpc).items
    known = [item for item in placed if isinstance(cidr_of(vpc, item.block), Known)]
    return tuple(known) if known and network.vpcs.all_stated(vpc) else placed


class Overlap(Struct, frozen=True):
    """What two VPCs share: pairs of blocks that certainly overlap, and else why that is undecided."""

    pairs: tuple[tuple[Block, Block], ...]
    doubt: Maybe | None

    @property
    def truth(self) -> Truth:
        """Whether any block of one overlaps any of the other."""
        if self.pairs:
            return True
        return False if self.doubt is None else self.doubt


def overlap(network: Network, left: Vpc, right: Vpc) -> Overlap:
    """Which blocks of two different VPCs overlap.

    Blocks that Amazon provides are unique, and those of one IPAM pool are allocated apart from each other
    (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
    """
    lefts, rights = relevant_blocks(network, left), relevant_blocks(network, right)
    found = [*_by_range(left, lefts, right, rights), *_by_identity(lefts, rights)]
    pairs = tuple((one.block, other.block) for one, other in found if one.doubt is None and other.doubt is None)
    doubts = (item.doubt for pair in found for item in pair)
    opens = (*network.vpcs.placed_blocks(left).open, *network.vpcs.placed_blocks(right).open)
    return Overlap(pairs, first_doubt(*doubts, _unknown_overlap(left, lefts, right, rights), *opens))


def _by_range(
    left: Vpc, lefts: Sequence[PlacedBlock], right: Vpc, rights: Sequence[PlacedBlock]
) -> Iterator[tuple[PlacedBlock, PlacedBlock]]:
    """The pairs of known blocks that overlap, by one sweep over both in the order of their first addresses."""
    items = [(0, item, _known(left, item)) for item in lefts] + [(1, item, _known(right, item)) for item in rights]
    ranges = [(cidr, side, item) for side, item, cidr in items if cidr is not None]
    active: tuple[list[tuple[Cidr, PlacedBlock]], list[tuple[Cidr, PlacedBlock]]] = ([], [])
    for cidr, side, item in sorted(ranges, key=lambda r: (r[0].version, r[0].first, r[0].prefix)):
        facing = active[1 - side]
        facing[:] = [entry for entry in facing if entry[0].overlaps(cidr)]
        for _, other in facing:
            yield (item, other) if side == 0 else (other, item)
        active[side].append((cidr, item))


def _known(vpc: Vpc, item: PlacedBlock) -> Cidr | None:
    value = cidr_of(vpc, item.block)
    return value.value if isinstance(value, Known) else None


def _by_identity(
    lefts: Sequence[PlacedBlock], rights: Sequence[PlacedBlock]
) -> Iterator[tuple[PlacedBlock, PlacedBlock]]:
    """The pairs of blocks that are one unknown value."""
    by_identity = {identity: item for item in lefts if (identity := _identity(item.block)) is not None}
    for item in rights:
        identity = _identity(item.block)
        if identity is not None and identity in by_identity:
            yield by_identity[identity], item


def _identity(block: Block) -> Identity | None:
    if isinstance(block.cidr, Unknown) and block.cidr.of is not None and not block.cidr.of.many and block.pool is None:
        return block.cidr.of
    return None


def _unknown_overlap(
    left: Vpc, lefts: Iterable[PlacedBlock], right: Vpc, rights: Sequence[PlacedBlock]
) -> Maybe | None:
    for one in lefts:
        for other in rights:
            values = (cidr_of(left, one.block), cidr_of(right, other.block))
            unknown = next((value for value in values if isinstance(value, Unknown)), None)
            if unknown is not None and not _apart(one.block, other.block):
                return Maybe(unknown.reason)
    return None


def _apart(one: Block, other: Block) -> bool:
    """Whether two blocks, one of them unknown, can share nothing by the way they are allocated."""
    if one.version != other.version or BlockKind.AMAZON in (one.kind, other.kind):
        return True
    return one.pool is not None and same(one.pool, other.pool) is True
