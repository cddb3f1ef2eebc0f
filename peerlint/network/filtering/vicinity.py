"""The address blocks of a VPC and of its peers, as one block of addresses sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerlint.network.cidr import Cidr, covered
from peerlint.network.filtering.surroundings import Neighbour, Surroundings
from peerlint.network.handles import Handle, handle
from peerlint.network.model import Vpc
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe

MOST_OF_ONE_VPC = {4: 50 << 16, 6: 50 << 84}
"""How many addresses a VPC can have: 50 blocks, the adjusted quota, of the largest size, /16 and /44
(https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html)."""


@dataclass(frozen=True, slots=True)
class Vicinity:
    """A block and what is known of the VPC around it and of that VPC's peers, in the block's IP version.

    ``own`` are the VPC's known blocks. ``peers`` are the certain ones with theirs. ``known`` are all known blocks,
    those of doubtful peers included. ``unread`` are the reasons why a VPC may have more, one for each such VPC;
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


class KnownBlocks:
    """The known blocks of VPCs, each VPC read once."""

    def __init__(self, network: Network) -> None:
        """Read the blocks of this network's VPCs."""
        self.network = network
        self._read: dict[tuple[Handle | int, int], tuple[tuple[Cidr, ...], Maybe | None]] = {}

    def of(self, vpc: Vpc, version: int) -> tuple[tuple[Cidr, ...], Maybe | None]:
        """The known blocks of a VPC, and why it may have others."""
        key = (handle(vpc.id) or id(vpc), version)
        if key not in self._read:
            blocks = self.network.vpcs.blocks(vpc)
            mine = [block.cidr for block in blocks if block.version == version]
            known = tuple(cidr.value for cidr in mine if isinstance(cidr, Known))
            unknown = [Maybe(cidr.reason) for cidr in mine if not isinstance(cidr, Known)]
            self._read[key] = known, next(iter((*unknown, *blocks.open)), None)
        return self._read[key]


def vicinity(blocks: KnownBlocks, around: Surroundings, cidr: Cidr) -> Vicinity:
    """What is known around a source block of a security group."""
    own = blocks.of(around.own, cidr.version) if around.own is not None else ((), None)
    peers = [(neighbour, *blocks.of(neighbour.vpc, cidr.version)) for neighbour in around.neighbours]
    doubtful = [blocks.of(neighbour.vpc, cidr.version)[0] for neighbour in around.doubtful]
    reasons = [reason for _, _, reason in peers if reason is not None]
    return Vicinity(
        cidr,
        own[0],
        tuple((neighbour, known) for neighbour, known, _ in peers),
        tuple(block for known in (own[0], *(known for _, known, _ in peers), *doubtful) for block in known),
        (*([own[1]] if own[1] is not None else []), *reasons),
        next(iter(reasons), None),
    )


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
