"""The address blocks of a VPC and of its peers, as one block of addresses sees them."""

from __future__ import annotations

from dataclasses import dataclass

from peerlint.network.cidr import Cidr, covered
from peerlint.network.model import Vpc
from peerlint.network.network import Network
from peerlint.network.surroundings import Neighbour, Surroundings
from peerlint.network.values import Known, Maybe

MOST_OF_ONE_VPC = {4: 50 << 16, 6: 50 << 84}
"""How many addresses a VPC can have: 50 blocks, the adjusted quota, of the largest size, /16 and /44
(https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html)."""


@dataclass(frozen=True, slots=True)
class Vicinity:
    """A block and what is known of the VPC around it and of that VPC's peers, in the block's IP version.

    ``peers`` are the certain ones with their known blocks. ``known`` are all known blocks, the VPC's own and those of
    doubtful peers included. ``unread`` are the reasons why a VPC may have more, one for each such VPC; ``unread_peer``
    is the first of a peer.
    """

    cidr: Cidr
    peers: tuple[tuple[Neighbour, tuple[Cidr, ...]], ...]
    known: tuple[Cidr, ...]
    unread: tuple[Maybe, ...]
    unread_peer: Maybe | None

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


def vicinity(network: Network, around: Surroundings, cidr: Cidr) -> Vicinity:
    """What is known around a source block of a security group."""
    vpcs = [around.own] if around.own is not None else []
    vpcs += [n.vpc for n in (*around.neighbours, *around.doubtful)]
    read = [_blocks(network, vpc, cidr.version) for vpc in vpcs]
    peers = tuple((n, _blocks(network, n.vpc, cidr.version)[0]) for n in around.neighbours)
    reasons = [_blocks(network, n.vpc, cidr.version)[1] for n in around.neighbours]
    return Vicinity(
        cidr,
        peers,
        tuple(block for blocks, _ in read for block in blocks),
        tuple(reason for _, reason in read if reason is not None),
        next((reason for reason in reasons if reason is not None), None),
    )


def _blocks(network: Network, vpc: Vpc, version: int) -> tuple[tuple[Cidr, ...], Maybe | None]:
    """The known blocks of a VPC, and why it may have others."""
    blocks = network.blocks(vpc)
    mine = [block.cidr for block in blocks if block.version == version]
    known = tuple(cidr.value for cidr in mine if isinstance(cidr, Known))
    unknown = [Maybe(cidr.reason) for cidr in mine if not isinstance(cidr, Known)]
    return known, next(iter((*unknown, *blocks.open)), None)


def _strictly(outer: Cidr, inner: Cidr) -> bool:
    return outer.covers(inner) and outer.prefix < inner.prefix


def _size(cidr: Cidr) -> int:
    return cidr.last - cidr.first + 1


def described(network: Network, vpc: Vpc) -> str:
    """What a VPC is called, with the blocks that are known: "aws_vpc.hub (10.0.0.0/16)"."""
    known = [str(block.cidr.value) for block in network.blocks(vpc) if isinstance(block.cidr, Known)]
    return f"{vpc.origin.address} ({', '.join(known)})" if known else vpc.origin.address
