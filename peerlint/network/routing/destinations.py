"""Where routes lead: their destinations, prefix lists expanded, against the address blocks of VPCs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from msgspec import Struct

from peerlint.network.blocks import cidr_of, known_cidrs, relevant_blocks
from peerlint.network.cidr import Cidr, covered
from peerlint.network.handles import handle
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.members import Members
from peerlint.network.model import CidrDestination, Peering, PrefixListDestination, PrefixListEntry, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import unroutable
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe, Truth, Unknown, Written, any_of, first_doubt, unless
from peerlint.network.vpc_index import VpcIndex


class Prefix(Struct, frozen=True):
    """One destination of a route. ``entry`` is the prefix list's, where it is one of those."""

    cidr: Written[Cidr]
    version: int | None
    entry: PrefixListEntry | None = None

    @property
    def doubt(self) -> Maybe | None:
        """Why it may not be in its prefix list."""
        return None if self.entry is None else uncertain(self.entry.origin.presence)

    @property
    def whole(self) -> bool:
        """Whether it is 0.0.0.0/0 or ::/0."""
        return isinstance(self.cidr, Known) and self.cidr.value.prefix == 0

    def __str__(self) -> str:
        return str(self.cidr.value) if isinstance(self.cidr, Known) else name_of(self.cidr)


def name_of(value: Written[object]) -> str:
    """A value as a message shows it: what it is, or the expression that stands for it."""
    if isinstance(value, Known):
        return str(value.value)
    return f"`{value.name}`"


def destination_of(route: Route) -> str:
    """The destination of a route as a message shows it: a block, or the prefix list by its name."""
    match route.destination:
        case CidrDestination(cidr=cidr):
            return name_of(cidr)
        case PrefixListDestination(id=id):
            return f"the prefix list {name_of(id)}"
        case _:
            assert_never(route.destination)


def connection_of(network: Network, route: Route) -> str:
    """The connection that a route is sent over, by the name of its resource where it has one."""
    peering = network.peerings.by_id(route.target.id)
    return name_of(route.target.id) if peering is None else network.seen_from(peering.origin, route.origin.stack).name


@remembered
def prefixes(network: Network, route: Route) -> Members[Prefix]:
    """The destinations of a route; open where it is a prefix list that the input does not declare."""
    match route.destination:
        case CidrDestination(cidr=cidr, version=version):
            return Members((Prefix(cidr, version),))
        case PrefixListDestination(id=id):
            entries = network.prefix_lists.entries(id)
            return Members(tuple(_of_entry(entry) for entry in entries), entries.open)
        case _:
            assert_never(route.destination)


def _of_entry(entry: PrefixListEntry) -> Prefix:
    version = entry.cidr.value.version if isinstance(entry.cidr, Known) else None
    return Prefix(entry.cidr, version, entry)


@remembered
def leads_to(network: Network, route: Route, vpc: Vpc, version: int) -> Truth:
    """Whether a route leads to any address of a VPC in one address family."""
    found = prefixes(network, route)
    meant = (prefix for prefix in found if prefix.version in (None, version))
    return any_of((*(shares(network, prefix, vpc) for prefix in meant), *found.open))


def shares(network: Network, prefix: Prefix, vpc: Vpc) -> Truth:
    """Whether a destination and the blocks of a VPC have any address in common.

    An unknown destination that is a block of a VPC, or of one of its subnets, leads to that VPC. Peered VPCs have
    nothing in common, so what lies in one lies in no other that it is peered with.
    """
    if prefix.whole and prefix.version == 4:
        return unless(prefix.doubt)
    placed = network.vpcs.placed_blocks(vpc)
    answer = any_of((_is_own(network, prefix, vpc), *_shared(network, prefix, vpc), *placed.open))
    if answer is True:
        return unless(prefix.doubt)
    if isinstance(answer, Maybe) and lies_in_a_peer(network, prefix, vpc):
        return False
    return answer


def _shared(network: Network, prefix: Prefix, vpc: Vpc) -> Iterator[Truth]:
    placed = network.vpcs.placed_blocks(vpc)
    relevant = relevant_blocks(network, vpc)
    for item in placed:
        if prefix.version in (None, item.block.version):
            yield _shares_block(prefix, vpc, item, item in relevant)


def _shares_block(prefix: Prefix, vpc: Vpc, item: PlacedBlock, relevant: bool) -> Truth:
    ours, theirs = prefix.cidr, cidr_of(vpc, item.block)
    if same_unknown(ours, item.block.cidr):
        return unless(item.doubt)
    if not relevant:
        return False
    if prefix.whole:
        return unless(item.doubt)
    if isinstance(ours, Known) and isinstance(theirs, Known):
        return unless(item.doubt) if ours.value.overlaps(theirs.value) else False
    return Maybe(next(value.reason for value in (ours, theirs) if isinstance(value, Unknown)))


def shares_block(network: Network, prefix: Prefix, vpc: Vpc, item: PlacedBlock) -> Truth:
    """Whether a destination and one block of a VPC have any address in common. Two blocks of a VPC never do."""
    if prefix.whole:
        return unless(first_doubt(prefix.doubt, item.doubt)) if prefix.version == item.block.version else False
    if prefix.version not in (None, item.block.version):
        return False
    others = [other for other in network.vpcs.placed_blocks(vpc) if other != item]
    if any(same_unknown(prefix.cidr, other.block.cidr) for other in others):
        return False
    if isinstance(prefix.cidr, Known):
        values = (cidr_of(vpc, other.block) for other in others if other.doubt is None)
        if covered(prefix.cidr.value, (value.value for value in values if isinstance(value, Known))):
            return False
    return _shares_block(prefix, vpc, item, relevant=True)


def same_unknown(one: Written[Cidr], other: Written[Cidr]) -> bool:
    """Whether two blocks are one value that is not known."""
    if not isinstance(one, Unknown) or not isinstance(other, Unknown) or one.of is None:
        return False
    return one.of == other.of and not one.of.many


def _is_own(network: Network, prefix: Prefix, vpc: Vpc) -> bool:
    """Whether an unknown destination is a block of the VPC, of one of its associations, or of one of its subnets."""
    owner = network.vpcs.of_cidr(prefix.cidr)
    return owner is not None and handle(owner.id) == handle(vpc.id) and handle(vpc.id) is not None


def lies_in(network: Network, prefix: Prefix, vpc: Vpc) -> bool:
    """Whether a destination certainly lies in the blocks of a VPC."""
    if isinstance(prefix.cidr, Known):
        return covered(prefix.cidr.value, _certain_cidrs(network, vpc))
    if _is_own(network, prefix, vpc):
        return True
    placed = network.vpcs.placed_blocks(vpc)
    return any(item.doubt is None and same_unknown(prefix.cidr, item.block.cidr) for item in placed)


def _certain_cidrs(network: Network, vpc: Vpc) -> Iterator[Cidr]:
    for item in network.vpcs.placed_blocks(vpc):
        value = cidr_of(vpc, item.block)
        if item.doubt is None and isinstance(value, Known):
            yield value.value


def certain_peers(network: Network, vpc: Vpc) -> Iterator[Vpc]:
    """The VPCs that share nothing with this one because a connection that certainly exists joins them."""
    for peering, side in network.peerings.of(vpc):
        if uncertain(peering.origin.presence) is None and not unroutable(network, peering):
            yield network.peerings.end(peering, side.other).vpc


def lies_in_a_peer(network: Network, prefix: Prefix, vpc: Vpc) -> bool:
    """Whether a destination certainly lies in a VPC that shares nothing with this one."""
    return any(lies_in(network, prefix, peer) for peer in _certain_peers(network, vpc).holding(prefix.cidr))


@remembered
def _certain_peers(network: Network, vpc: Vpc) -> VpcIndex:
    return VpcIndex(network, certain_peers(network, vpc))


def peers_holding(network: Network, vpc: Vpc, found: Iterable[Prefix]) -> Iterator[tuple[Peering, Vpc]]:
    """The connections of a VPC with the VPCs at their far ends, among which are all that destinations certainly have an
    address of, in the order of :meth:`peerlint.network.lookups.peerings.Peerings.of`.
    """
    far_ends = _far_ends(network, vpc)
    for number in sorted({number for prefix in found for number in far_ends.numbers_of(prefix.cidr)}):
        peering, side = network.peerings.of(vpc)[number]
        yield peering, network.peerings.end(peering, side.other).vpc


@remembered
def _far_ends(network: Network, vpc: Vpc) -> VpcIndex:
    return VpcIndex(
        network, (network.peerings.end(peering, side.other).vpc for peering, side in network.peerings.of(vpc))
    )


def block_names(network: Network, vpc: Vpc, versions: tuple[int, ...] = (4, 6)) -> str:
    """The blocks of a VPC as a message lists them: "10.0.0.0/16, 10.1.0.0/16"."""
    known = [str(cidr) for cidr in known_cidrs(network, vpc) if cidr.version in versions]
    blocks = (block for block in network.vpcs.blocks(vpc) if block.version in versions)
    unknown = [name_of(block.cidr) for block in blocks if isinstance(cidr_of(vpc, block), Unknown)]
    return ", ".join(known or unknown[:1]) or f"the address blocks of {vpc.origin.name}"
