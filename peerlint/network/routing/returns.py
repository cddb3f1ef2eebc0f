"""Sides of a peering that have a way back for a part of what reaches them only.

A peering may be routed for some subnets of a VPC on purpose
(https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html): what is certainly wrong is
a subnet that is itself routed to and cannot answer, and a block that sends and gets no answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.intervals import Addresses
from peerlint.network.lookups.peerings import End
from peerlint.network.lookups.vpcs import PlacedBlock
from peerlint.network.model import Block, Peering, Route, RouteTable, Side, Subnet, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, same_unknown
from peerlint.network.routing.effective import effective_table
from peerlint.network.routing.ineffective import Ineffective, ineffective
from peerlint.network.routing.reciprocity import OneWay, one_ways
from peerlint.network.routing.sides import SIDES, routed_families
from peerlint.network.routing.ways import Lead, SideRoutes, side_routes
from peerlint.network.values import Known, Maybe, Truth, Unknown
from peerlint.records import replace


class Lack(Enum):
    """What has no way back, the gravest first."""

    TARGET = "a subnet that the other side has a route to"
    BLOCK = "a block of the other side whose subnets send"
    IGNORED = "such a block of a range that is left unrouted on purpose"
    SUBNET = "a subnet of a VPC that the other side routes to as a whole"
    SENDER = "a subnet of the other side that sends, where other subnets of its block get answers"


class Partial(Struct, frozen=True):
    """A side, ``silent``, that has a way back to the other one, but not for all.

    ``subnets`` lack it: those of the silent side, or those of the other side, in ``blocks``, that get no answer; they
    use ``tables``. ``routes`` lead to the former, or back to what does get answers, which is ``served``.
    """

    lack: Lack
    silent: End
    other: End
    versions: tuple[int, ...]
    subnets: tuple[Subnet, ...]
    routes: tuple[Route, ...]
    tables: tuple[RouteTable, ...] = ()
    blocks: tuple[PlacedBlock, ...] = ()
    served: Addresses | None = None


@remembered
def partials(network: Network, peering: Peering) -> tuple[Partial | Maybe, ...]:
    """For each side of a peering at most one thing that it lacks, the gravest, or why that is undecided.

    Sides without any way back, or without one that is used, are other rules' matter.
    """
    return tuple(_partials(network, peering))


def _partials(network: Network, peering: Peering) -> Iterator[Partial | Maybe]:
    if unroutable(network, peering):
        return
    routes = {side: side_routes(network, peering, side) for side in SIDES}
    routed = routed_families(network, peering)
    families = [v for v in routed if all(routes[side].sending(v) for side in SIDES)]
    for side in SIDES:
        here, there = routes[side], routes[side.other]
        found = [item for v in families for item in (*_subnets(here, there, v), *_blocks(here, there, v))]
        if found and (families == [*routed] or side not in _spoken_of(network, peering)):
            items = [item for item in found if isinstance(item, Partial)]
            yield _merged(items) if items else found[0]


def _spoken_of(network: Network, peering: Peering) -> set[Side]:
    """The sides that have no way back in the other address family, or none that is used."""
    silent = {way.silent.side for way in one_ways(network, peering) if isinstance(way, OneWay)}
    return silent | {way.near.side for way in ineffective(network, peering) if isinstance(way, Ineffective)}


def _merged(items: Sequence[Partial]) -> Partial:
    """The gravest, said of both address families where they lack the same."""
    first = min(items, key=lambda item: list(Lack).index(item.lack))
    alike = [
        item for item in items if (item.lack, item.subnets, item.tables) == (first.lack, first.subnets, first.tables)
    ]
    versions = tuple(v for item in alike for v in item.versions)
    return replace(first, versions=versions, routes=tuple(dict.fromkeys(r for item in alike for r in item.routes)))


def _subnets(here: SideRoutes, there: SideRoutes, version: int) -> Iterator[Partial | Maybe]:
    """The subnets of a side that the other side routes to and that have no way back.

    What would be worth a note only is not asked where it is undecided.
    """
    network, peering = here.network, here.peering
    sent = there.sending(version)
    back = [(subnet, *_way_back(here, subnet, version)) for subnet in _judged(here, version)]
    if all(truth is True for _, _, truth in back):
        return
    answers = any(truth is True and table is not None and _is_meant(here, table) for _, table, truth in back)
    targets: dict[Lack, list[tuple[Subnet, RouteTable]]] = {Lack.TARGET: [], Lack.SUBNET: []}
    doubts: list[Maybe] = []
    for subnet, table, truth in back:
        lack = _lack(network, here.near, subnet, [lead.prefix for lead in sent], version)
        if truth is True or lack is None or (lack is Lack.SUBNET and not answers):
            continue
        if table is not None and (here.leads_elsewhere(table, version) or here.leads_astray(version, table)):
            continue
        if isinstance(truth, Maybe):
            doubts += [truth] if lack is Lack.TARGET else []
        elif table is not None:
            targets[lack].append((subnet, table))
    silent, other = network.peerings.end(peering, here.side), network.peerings.end(peering, there.side)
    for lack, lacking in targets.items():
        if lacking:
            subnets = tuple(subnet for subnet, _ in lacking)
            tables = tuple(dict.fromkeys(table for _, table in lacking))
            routes = _towards(sent, here, subnets, lack, version)
            yield Partial(lack, silent, other, (version,), subnets, routes, tables)
    yield from doubts


def _is_meant(here: SideRoutes, table: RouteTable) -> bool:
    """Whether a table certainly leads over by more than a default route, which is a defect in itself."""
    return any(here.is_from(lead, table) and not lead.prefix.whole for lead in here.leads)


def _towards(
    sent: Sequence[Lead], here: SideRoutes, subnets: Sequence[Subnet], lack: Lack, version: int
) -> tuple[Route, ...]:
    """The routes that lead to some subnets."""
    return tuple(
        dict.fromkeys(
            lead.route
            for lead in sent
            if any(_lack(here.network, here.near, subnet, [lead.prefix], version) is lack for subnet in subnets)
        )
    )


def _judged(side: SideRoutes, version: int) -> Iterator[Subnet]:
    """The subnets of a side that exist wherever the peering does, and are of an address family."""
    for subnet in side.network.subnets.of(side.near):
        exists = implied(subnet.origin.presence, side.peering.origin.presence) is None
        four = version == 4 and not any(block.version == 6 for block in subnet.blocks)
        if exists and not subnet.origin.observed and (four or any(block.version == version for block in subnet.blocks)):
            yield subnet


def _way_back(here: SideRoutes, subnet: Subnet, version: int) -> tuple[RouteTable | None, Truth]:
    table = effective_table(here.network, subnet)
    return (None, table) if isinstance(table, Maybe) else (table, here.leads_over(table, version))


def _lack(network: Network, vpc: Vpc, subnet: Subnet, prefixes: Sequence[Prefix], version: int) -> Lack | None:
    """How destinations lead to a subnet: into it, or to it among others; ``None`` where they certainly do neither."""
    blocks = [block for block in subnet.blocks if block.version == version]
    if any(_inside(prefix, block) for prefix in prefixes for block in blocks):
        return Lack.TARGET
    known = Addresses.of(version, (prefix.cidr.value for prefix in prefixes if isinstance(prefix.cidr, Known)))
    own = _addresses(network, subnet, version)
    met = bool(known & own) or any(_spans(network, prefix, vpc, version) for prefix in prefixes)
    return Lack.SUBNET if met else None


def _inside(prefix: Prefix, block: Block) -> bool:
    if isinstance(prefix.cidr, Known) and isinstance(block.cidr, Known):
        return block.cidr.value.covers(prefix.cidr.value)
    return same_unknown(prefix.cidr, block.cidr)


def _spans(network: Network, prefix: Prefix, vpc: Vpc, version: int) -> bool:
    """Whether a destination holds every block of a VPC in an address family, and so each of its subnets."""
    placed = network.vpcs.placed_blocks(vpc)
    blocks = [cidr_of(vpc, item.block) for item in placed if item.block.version == version]
    if prefix.whole:
        return prefix.version == version
    return (
        bool(blocks)
        and placed.closed
        and all(
            same_unknown(prefix.cidr, cidr)
            or (isinstance(cidr, Known) and isinstance(prefix.cidr, Known) and prefix.cidr.value.covers(cidr.value))
            for cidr in blocks
        )
    )


def _blocks(here: SideRoutes, there: SideRoutes, version: int) -> Iterator[Partial]:
    """The subnets of the other side that send, and to which this side's routes do not lead back."""
    network, peering = here.network, here.peering
    routed = here.routed(version)
    if routed.open:
        return
    silent, other = network.peerings.end(peering, here.side), network.peerings.end(peering, there.side)
    routes = tuple(dict.fromkeys(lead.route for lead in here.sending(version)))
    found: dict[Lack, list[tuple[Subnet, RouteTable, PlacedBlock]]] = defaultdict(list)
    for subnet, table in _senders(there, version):
        own = _addresses(network, subnet, version)
        if not own or own & routed.possible:
            continue
        item = _block_of(network, there.near, own)
        if item is None:
            continue
        match here.meets(item):
            case True:
                found[Lack.SENDER].append((subnet, table, item))
            case False:
                found[Lack.IGNORED if is_ignored(network, own) else Lack.BLOCK].append((subnet, table, item))
    if found and here.leads_astray(version):
        return
    for lack, senders in found.items():
        subnets, tables, blocks = (tuple(dict.fromkeys(part)) for part in zip(*senders, strict=True))
        yield Partial(lack, silent, other, (version,), subnets, routes, tables, blocks, routed.certain)


@remembered
def _addresses(network: Network, subnet: Subnet, version: int) -> Addresses:
    """The known addresses of a subnet."""
    return Addresses.of(version, (block.cidr.value for block in subnet.blocks if isinstance(block.cidr, Known)))


def _senders(there: SideRoutes, version: int) -> Iterator[tuple[Subnet, RouteTable]]:
    """The subnets of a side whose table certainly leads over, with it."""
    sent = there.sending(version)
    for subnet in _judged(there, version):
        table = effective_table(there.network, subnet)
        if isinstance(table, RouteTable) and any(there.is_from(lead, table) for lead in sent):
            yield subnet, table


def _block_of(network: Network, vpc: Vpc, addresses: Addresses) -> PlacedBlock | None:
    """The block of a VPC that a subnet lies in."""
    for item in network.vpcs.placed_blocks(vpc):
        cidr = cidr_of(vpc, item.block)
        if isinstance(cidr, Unknown) or item.doubt is not None:
            continue
        if Addresses.of(addresses.version, [cidr.value]).covers(addresses):
            return item
    return None


def is_ignored(network: Network, addresses: Addresses) -> bool:
    """Whether addresses are left unrouted on purpose."""
    return Addresses.of(addresses.version, network.settings.ignored_ranges).covers(addresses)
