"""Connections that nothing is routed over, and blocks of a peer that nothing leads to though another one is routed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr
from peerlint.network.intervals import Addresses
from peerlint.network.lookups.peerings import End
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import Block, BlockKind, Peering, Route, Side, Subnet, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import unroutable
from peerlint.network.routing.destinations import shares_block
from peerlint.network.routing.misdirected import misdirected
from peerlint.network.routing.returns import Partial, is_ignored, partials
from peerlint.network.routing.sides import SIDES, candidates, open_routes
from peerlint.network.routing.ways import SideRoutes, side_routes
from peerlint.network.values import Known, Maybe, Truth, Unknown, Why, Written, any_of


def unrouted(network: Network, peering: Peering) -> Truth:
    """Whether no route on either side uses a connection.

    A route that is wrong, or that names another connection by mistake, is another rule's matter.
    """
    if unroutable(network, peering) or candidates(network, peering):
        return False
    ends = {side: network.peerings.end(peering, side).vpc for side in SIDES}
    for side in SIDES:
        if any(True for v in (4, 6) for _ in misdirected(network, peering, ends[side], ends[side.other], v)):
            return False
    doubts = (doubt for side in SIDES for doubt in _open(network, peering, side))
    return next(doubts, True)


def _open(network: Network, peering: Peering, side: Side) -> tuple[Maybe, ...]:
    """Why a side may have routes over the connection.

    A VPC that is a name which the stack does not declare is nobody's: no other code can have its tables.
    """
    vpc = network.peerings.end(peering, side).vpc
    if isinstance(vpc.id, Unknown) and vpc.id.why is Why.INVALID:
        return ()
    return open_routes(network, peering, side).open


class Unrouted(Struct, frozen=True):
    """``blocks`` of a VPC, ``far``, that its peer has no route to, beside others that it has ``routes`` to.

    With ``mutual`` they are the IPv6 blocks of both VPCs, and neither side routes IPv6.
    """

    sender: End
    far: End
    blocks: tuple[PlacedBlock, ...]
    routes: tuple[Route, ...]
    mutual: bool = False


def unrouted_blocks(network: Network, peering: Peering) -> Iterator[Unrouted | Maybe]:
    """The blocks of the VPCs of a peering that nothing is routed to, though the primary one is.

    Ranges that are left unrouted on purpose do not count, nor do blocks without a subnet, IPv6 that only one of the two
    VPCs has or only one routes, and blocks that send: for these the way back is missing.
    """
    if unroutable(network, peering):
        return
    sides = [side_routes(network, peering, side) for side in SIDES]
    further = {here.side: list(_further(here)) for here in sides}
    if not any(further.values()):
        return
    sending = {(p.silent.side, item) for p in partials(network, peering) if isinstance(p, Partial) for item in p.blocks}
    for here in sides:
        routed = (version for version in (4, 6) if _routes_primary(here) and here.sending(version))
        versions = [version for version in routed if not here.leads_astray(version)]
        blocks = [item for item in further[here.side] if item.block.version in versions]
        yield from _judged(here, [item for item in blocks if (here.side, item) not in sending])
    if all(_routes_primary(here) and not here.leads_astray(6) for here in sides):
        yield from _mutual([(here, [i for i in further[here.side] if i.block.version == 6]) for here in sides])


def _further(here: SideRoutes) -> Iterator[PlacedBlock]:
    """The blocks of the far side beside its primary one that something may be in."""
    for item in here.network.vpcs.placed_blocks(here.far):
        primary = item.block.version == 4 and item.block.kind in (BlockKind.PRIMARY, BlockKind.IPAM)
        if not primary and item.doubt is None and _holds_subnets(here.network, here.far, item.block) is not False:
            yield item


def _holds_subnets(network: Network, vpc: Vpc, block: Block) -> Truth:
    """Whether a subnet lies in a block, as far as subnets are told: where none is, the VPC is taken to have some."""
    subnets = network.subnets.of(vpc)
    if subnets.items:
        return any_of((*(_lies_in(network, subnet, vpc, block) for subnet in subnets), *subnets.open))
    untold = any(
        network.vpcs.by_id(s.vpc, s.origin).outside for s in network.all(Subnet) if s.origin.stack == vpc.origin.stack
    )
    return Maybe(f"the VPC of a subnet beside {vpc.origin.name} is not told") if untold else True


def _lies_in(network: Network, subnet: Subnet, vpc: Vpc, block: Block) -> Truth:
    """Whether a subnet is in a block; what is not written of a subnet is an IPv4 block, and never an IPv6 one."""
    own = [mine.cidr for mine in subnet.blocks if mine.version == block.version]
    alone = sum(other.version == block.version for other in network.vpcs.blocks(vpc)) == 1
    if own and alone:
        return True
    if not own:
        unwritten = block.version == 4 and not subnet.blocks
        return Maybe(f"the address block of {subnet.origin.name} is not told") if unwritten else False
    return any_of(_overlaps(cidr, block.cidr) for cidr in own)


def _overlaps(one: Written[Cidr], other: Written[Cidr]) -> Truth:
    if isinstance(one, Known) and isinstance(other, Known):
        return one.value.overlaps(other.value)
    return Maybe(next(cidr.reason for cidr in (one, other) if isinstance(cidr, Unknown)))


def _routes_primary(here: SideRoutes) -> bool:
    """Whether a side certainly leads to the primary block of the other one."""
    placed = here.network.vpcs.placed_blocks(here.far)
    primary = [item for item in placed if item.block.version == 4 and item.block.kind is BlockKind.PRIMARY]
    return any(
        shares_block(here.network, lead.prefix, here.far, item) is True for lead in here.sending(4) for item in primary
    )


def _judged(here: SideRoutes, blocks: Iterable[PlacedBlock]) -> Iterator[Unrouted | Maybe]:
    due = [item for item in blocks if _is_due(here, item)]
    missed = tuple(item for item in due if here.meets(item) is False)
    if missed:
        sender, far = (here.network.peerings.end(here.peering, s) for s in (here.side, here.side.other))
        yield Unrouted(sender, far, missed, tuple(dict.fromkeys(lead.route for lead in here.sending(4))))
    elif _is_closed(here):
        yield from [answer for answer in map(here.meets, due) if isinstance(answer, Maybe)][:1]


def _is_closed(here: SideRoutes) -> bool:
    """Whether a doubt comes of what was read: a note is not worth a question about what was not."""
    return not open_routes(here.network, here.peering, here.side).open


def _is_due(here: SideRoutes, item: PlacedBlock) -> bool:
    """Whether a block certainly holds subnets and is not left out on purpose."""
    held = _holds_subnets(here.network, here.far, item.block)
    return held is True and _ignored(here.network, item, here.far) is False


def _ignored(network: Network, item: PlacedBlock, vpc: Vpc) -> Truth:
    """Whether a block is of a range that is left unrouted on purpose."""
    cidr, version = cidr_of(vpc, item.block), item.block.version
    if isinstance(cidr, Known):
        return is_ignored(network, Addresses.of(version, [cidr.value]))
    some = any(block.version == version for block in network.settings.ignored_ranges)
    return Maybe(cidr.reason) if some and item.block.kind is not BlockKind.AMAZON else False


def _mutual(sides: Sequence[tuple[SideRoutes, list[PlacedBlock]]]) -> Iterator[Unrouted | Maybe]:
    """IPv6 that both VPCs have and neither side routes, out of each side with the IPv6 blocks of the other."""
    due = [(here, [item for item in blocks if _is_due(here, item)]) for here, blocks in sides]
    if any(not blocks or any(lead.is_of(6) for lead in here.leads) for here, blocks in due):
        return
    met = any_of(here.meets(item) for here, blocks in due for item in blocks)
    if met is False:
        blocks = tuple(item for _, six in due for item in six)
        routes = tuple(dict.fromkeys(lead.route for here, _ in due for lead in here.sending(4)))
        here, _ = due[0]
        requester, accepter = here.network.peerings.ends(here.peering)
        yield Unrouted(requester, accepter, blocks, routes, mutual=True)
    elif isinstance(met, Maybe) and all(_is_closed(here) for here, _ in due):
        yield met
