"""What the VPCs of peerings count, against the quotas of an account.

https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html and, for how the rules of a group count,
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-size
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from typing import assert_never

from msgspec import Struct

from peerlint.network.dns.options import peered_vpcs
from peerlint.network.handles import Handle, handle
from peerlint.network.model import (
    AclEntry,
    CidrDestination,
    CidrPeer,
    Direction,
    GroupPeer,
    NetworkAcl,
    Origin,
    Permission,
    PermissionPeer,
    PrefixListDestination,
    PrefixListPeer,
    Route,
    SelfPeer,
    TargetKind,
    UnknownPeers,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.presence import uncertain
from peerlint.network.values import Known, Maybe, Span, Written, first_doubt


class Quota(Enum):
    """The quotas that are counted, as a message calls what they limit."""

    PEERINGS = "peering connections"
    PENDING = "requests that nothing accepts"
    ROUTES = "routes"
    GROUP_RULES = "rules"
    ACL_RULES = "entries"
    BLOCKS = "IPv4 blocks"


class Item(Struct, frozen=True):
    """Something that counts ``weight``; ``doubt`` says why it may not."""

    at: Span
    weight: int = 1
    doubt: Maybe | None = None


class Count(Struct, frozen=True):
    """What a thing has of what a quota limits: ``certain`` of them, and ``possible`` with the doubtful ones.

    ``of`` is the thing, ``kind`` which of its parts is meant ("IPv6", "ingress IPv4"), empty for all. ``first`` is the
    place of the first one past the limit.
    """

    quota: Quota
    of: Origin
    kind: str
    certain: int
    possible: int
    limit: int
    first: Span
    doubt: Maybe | None


def counts(network: Network) -> Iterator[Count]:
    """Every count that is, or may be, above its quota. Propagated routes have a quota of their own and do not count."""
    quotas = network.settings.quotas
    peered = list(peered_vpcs(network))
    for entry in peered:
        items = [Item(p.origin.span, doubt=uncertain(p.origin.presence)) for p in entry.peerings if not p.outside]
        yield from _above(Quota.PEERINGS, entry.vpc.origin, "", items, quotas.peerings_per_vpc)
        yield from _above(Quota.BLOCKS, entry.vpc.origin, "", _blocks(network, entry.vpc), quotas.blocks_per_vpc)
        yield from _routes(network, entry.vpc)
        yield from _groups(network, entry.vpc)
    yield from _pending(network)
    yield from _acls(network, {handle(entry.vpc.id) for entry in peered} - {None})


def _above(quota: Quota, of: Origin, kind: str, items: Sequence[Item], limit: int) -> Iterator[Count]:
    certain = sum(item.weight for item in items if item.doubt is None)
    possible = sum(item.weight for item in items)
    if possible > limit:
        doubt = next((item.doubt for item in items if item.doubt is not None), None)
        yield Count(quota, of, kind, certain, possible, limit, _first_past(items, limit), doubt)


def _first_past(items: Iterable[Item], limit: int) -> Span:
    """The place of the item with which the limit is passed, certain ones first."""
    total, at = 0, None
    for item in sorted(items, key=lambda item: (item.doubt is not None, item.at)):
        total, at = total + item.weight, item.at
        if total > limit:
            break
    assert at is not None
    return at


def _blocks(network: Network, vpc: Vpc) -> list[Item]:
    return [
        Item(placed.block.at, doubt=placed.doubt)
        for placed in network.vpcs.placed_blocks(vpc)
        if placed.block.version == 4
    ]


def _pending(network: Network) -> Iterator[Count]:
    """The requests of one account and Region that nothing accepts; they are told at the account's first one."""
    by_place: dict[tuple[Handle | None, Handle | None], list[tuple[Origin, Item]]] = defaultdict(list)
    for peering in network.peerings.declared:
        if verdict(network, peering) is Verdict.PENDING:
            place = (handle(peering.place.account), handle(peering.place.region))
            item = Item(peering.origin.span, doubt=uncertain(peering.origin.presence))
            by_place[place].append((peering.origin, item))
    for place, found in by_place.items():
        if None not in place:
            items = [item for _, item in found]
            yield from _above(Quota.PENDING, found[0][0], "", items, network.settings.quotas.pending_requests)


def _routes(network: Network, vpc: Vpc) -> Iterator[Count]:
    for table in network.tables.of(vpc):
        routes = [
            r for r in network.routes.of(table) if not r.origin.observed and r.target.kind is not TargetKind.LOCAL
        ]
        for version in (4, 6):
            items = [item for route in routes for item in _of_route(network, route, version)]
            yield from _above(
                Quota.ROUTES, table.origin, f"IPv{version}", items, network.settings.quotas.routes_per_table
            )


def _of_route(network: Network, route: Route, version: int) -> Iterator[Item]:
    match route.destination:
        case CidrDestination(version=own):
            if own == version:
                yield Item(route.origin.span, doubt=uncertain(route.origin.presence))
        case PrefixListDestination(id=id):
            yield from _of_list(network, id, route.origin, route.origin.span, version)
        case _:
            assert_never(route.destination)


def _of_list(network: Network, id: Written[str], origin: Origin, at: Span, version: int) -> Iterator[Item]:
    """A prefix list counts with the most entries that it may have, in the family of its addresses."""
    found = network.prefix_lists.by_id(id)
    families = {e.cidr.value.version for e in network.prefix_lists.entries(id) if isinstance(e.cidr, Known)}
    if found is None or not isinstance(found.max_entries, Known) or families - {version}:
        return
    untold = None if families else Maybe(f"{found.origin.name} has no known entry")
    doubt = first_doubt(uncertain(origin.presence), untold)
    yield Item(at, found.max_entries.value, doubt)


def _groups(network: Network, vpc: Vpc) -> Iterator[Count]:
    for group in network.groups.of(vpc):
        if group.outside or group.origin.observed:
            continue
        permissions = [p for p in network.groups.permissions(group) if not p.origin.observed]
        for direction in Direction:
            own = [permission for permission in permissions if permission.direction is direction]
            for version in (4, 6):
                items = [item for p in own for peer in p.peers for item in _of_peer(network, p, peer, version)]
                kind = f"{direction.value} IPv{version}"
                limit = network.settings.quotas.rules_per_group
                yield from _above(Quota.GROUP_RULES, group.origin, kind, items, limit)


def _of_peer(network: Network, permission: Permission, peer: PermissionPeer, version: int) -> Iterator[Item]:
    """Each source counts as a rule of its family; a group as one of each."""
    doubt = uncertain(permission.origin.presence)
    match peer:
        case CidrPeer(cidr=cidr, at=at):
            if isinstance(cidr, Known) and cidr.value.version == version:
                yield Item(at, doubt=doubt)
            elif not isinstance(cidr, Known):
                yield Item(at, doubt=first_doubt(doubt, Maybe(cidr.reason)))
        case GroupPeer(at=at) | SelfPeer(at=at):
            yield Item(at, doubt=doubt)
        case PrefixListPeer(list=id, at=at):
            yield from _of_list(network, id, permission.origin, at, version)
        case UnknownPeers():
            return
        case _:
            assert_never(peer)


def _acls(network: Network, peered: Collection[Handle | None]) -> Iterator[Count]:
    """Entries count with the default one that denies the rest, of which every ACL has one."""
    for acl in network.declared(NetworkAcl):
        if acl.outside or handle(acl.vpc) not in peered:
            continue
        entries = [entry for entry in network.acls.entries(acl) if not entry.origin.observed]
        for direction in Direction:
            for version in (4, 6):
                own = [e for e in entries if e.direction is direction and e.family in (None, version)]
                items = [Item(entry.origin.span, doubt=_doubt_of(entry)) for entry in own]
                if items:
                    kind = f"{direction.value} IPv{version}"
                    limit = network.settings.quotas.rules_per_acl
                    yield from _above(Quota.ACL_RULES, acl.origin, kind, [*items, Item(acl.origin.span)], limit)


def _doubt_of(entry: AclEntry) -> Maybe | None:
    """Why an entry may not exist, or not be of an address family."""
    untold = Maybe("its address family is not told") if entry.family is None else None
    return first_doubt(uncertain(entry.origin.presence), untold)
