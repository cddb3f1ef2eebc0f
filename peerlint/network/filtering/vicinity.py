"""The address blocks of a VPC and of its peers, as one block of addresses sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr, covered
from peerlint.network.cidr_index import CidrIndex
from peerlint.network.filtering.surroundings import Neighbour, Surroundings
from peerlint.network.model import Vpc
from peerlint.network.network import Network
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe

MOST_OF_ONE_VPC = {4: 50 << 16, 6: 50 << 84}
"""How many addresses a VPC can have: 50 blocks, the adjusted quota, of the largest size, /16 and /44
(https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html)."""


class Vicinity(Struct, frozen=True):
    """A block and what of the VPC around it and of that VPC's peers has addresses in common with it.

    ``own`` are known blocks of the VPC. ``peers`` are the certain ones with theirs. ``known`` are all of these, with
    those of doubtful peers. ``unread`` are the reasons why a VPC may have more, one for each VPC, whatever the block;
    ``unread_peer`` is the first of a peer.
    """

    cidr: Cidr
    own: tuple[Cidr, ...]
    peers: tuple[tuple[Neighbour, tuple[Cidr, ...]], ...]
    known: tuple[Cidr, ...]
    unread: tuple[Maybe, ...]
    unread_peer: Maybe | None

    @property
    def at_home(self) -> bool:
        """Whether every address of the block is in the VPC itself."""
        return covered(self.cidr, self.own)

    @property
    def filled(self) -> bool:
        """Whether every address of the block is known to be in the VPC or in one of its peers."""
        return covered(self.cidr, self.known)

    @property
    def touched(self) -> tuple[Neighbour, ...]:
        """The peers that have addresses in the block."""
        return tuple(peer for peer, blocks in self.peers if any(block.overlaps(self.cidr) for block in blocks))

    @property
    def contained(self) -> tuple[Neighbour, ...]:
        """The peers that have a block which is strictly contained."""
        return tuple(peer for peer, blocks in self.peers if any(_strictly(self.cidr, block) for block in blocks))

    @property
    def may_be_filled(self) -> Maybe | None:
        """Why blocks that were not read may be all the rest; ``None`` where the rest is more than they can be."""
        inside = sum(_size(block) for block in self.known if self.cidr.covers(block))
        room = MOST_OF_ONE_VPC[self.cidr.version] * len(self.unread)
        return self.unread[0] if _size(self.cidr) - inside <= room else None


class _Whose(Enum):
    """Of whom a known block is."""

    OWN = "the VPC itself"
    PEER = "a peer"
    DOUBTFUL = "a peer that may not be one"


class Vicinities:
    """The known blocks around a security group, in one IP version, by their addresses."""

    def __init__(self, network: Network, around: Surroundings, version: int) -> None:
        """Read the blocks of a group's VPC and of its peers."""
        own = _known_blocks(network, around.own, version) if around.own is not None else ((), None)
        self._neighbours = around.neighbours
        peers = [_known_blocks(network, neighbour.vpc, version) for neighbour in around.neighbours]
        doubtful = [_known_blocks(network, neighbour.vpc, version)[0] for neighbour in around.doubtful]
        self._reasons = [reason for _, reason in peers if reason is not None]
        self._unread = (*([own[1]] if own[1] is not None else []), *self._reasons)
        self._blocks = CidrIndex(
            (block, (block, whose, number))
            for whose, groups in (
                (_Whose.OWN, [own[0]]),
                (_Whose.PEER, [p for p, _ in peers]),
                (_Whose.DOUBTFUL, doubtful),
            )
            for number, blocks in enumerate(groups)
            for block in blocks
        )

    def of(self, cidr: Cidr) -> Vicinity:
        """What is known around a source block of the group."""
        found = self._blocks.meeting(cidr)
        peers: dict[int, list[Cidr]] = defaultdict(list)
        for block, whose, number in found:
            if whose is _Whose.PEER:
                peers[number].append(block)
        return Vicinity(
            cidr,
            tuple(block for block, whose, _ in found if whose is _Whose.OWN),
            tuple((self._neighbours[number], tuple(blocks)) for number, blocks in peers.items()),
            tuple(block for block, _, _ in found),
            self._unread,
            next(iter(self._reasons), None),
        )


@remembered
def _known_blocks(network: Network, vpc: Vpc, version: int) -> tuple[tuple[Cidr, ...], Maybe | None]:
    """The known blocks of a VPC, and why it may have others."""
    blocks = network.vpcs.blocks(vpc)
    mine = [block.cidr for block in blocks if block.version == version]
    known = tuple(cidr.value for cidr in mine if isinstance(cidr, Known))
    unknown = [Maybe(cidr.reason) for cidr in mine if not isinstance(cidr, Known)]
    return known, next(iter((*unknown, *blocks.open)), None)


def _strictly(outer: Cidr, inner: Cidr) -> bool:
    return outer.covers(inner) and outer.prefix < inner.prefix


def _size(cidr: Cidr) -> int:
    return cidr.last - cidr.first + 1


def listed(items: Iterable[str]) -> str:
    """The items, each once, as a sentence lists them: "a, b and c"."""
    *most, last = dict.fromkeys(items)
    return f"{', '.join(most)} and {last}" if most else last


def shortened(items: Iterable[str], most: int = 3) -> str:
    """The first items as a sentence lists them, and how many there are beside: "a, b, c and 2 more"."""
    found = list(dict.fromkeys(items))
    return listed((*found[:most], *([f"{len(found) - most} more"] if len(found) > most else [])))


def described(network: Network, vpc: Vpc) -> str:
    """What a VPC is called, with the blocks that are known: "aws_vpc.hub (10.0.0.0/16)"."""
    known = dict.fromkeys(str(b.cidr.value) for b in network.vpcs.blocks(vpc) if isinstance(b.cidr, Known))
    return f"{vpc.origin.name} ({', '.join(known)})" if known else vpc.origin.name
