"""What network ACLs let pass from and to the addresses of a VPC: first match, in three values.

The entry with the lowest number that matches a packet decides; what none matches is denied. Entries of IPv4 say nothing
of IPv6, and the two directions nothing of each other: an ACL keeps no state
(https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from peerlint.network.blocks import cidr_of, relevant_blocks
from peerlint.network.cidr import Cidr
from peerlint.network.filtering.services import EVERYTHING, NOTHING, Named, Services, named
from peerlint.network.intervals import Addresses
from peerlint.network.members import Members
from peerlint.network.model import AclEntry, Direction, NetworkAcl, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, shares
from peerlint.network.routing.towards import Towards
from peerlint.network.values import Known, Maybe, Truth, Unknown, Why, first_doubt, same

MOST_ENTRIES = 200
"""How many entries of one direction are judged; AWS allows 40 at most
(https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html)."""


class Match(Struct, frozen=True):
    """An entry as it concerns some addresses: it certainly matches ``least`` of the services, and possibly ``most``.

    ``number`` and ``allow`` are ``None`` where they are not known.
    """

    number: int | None
    allow: bool | None
    least: Services
    most: Services
    doubt: Maybe | None = None


class Outcome(Struct, frozen=True):
    """What passes: ``certain`` certainly does, and what is not in ``possible`` certainly does not.

    ``doubt`` says why the two differ, and is ``None`` where they do not.
    """

    certain: Services
    possible: Services
    doubt: Maybe | None = None


def first_match(entries: Iterable[Match]) -> Outcome:
    """What the entries of one direction let pass, in whatever order they come.

    One of which the number is not known may stand before any other; of two with one number, either may be first.
    """
    matches = [entry for entry in entries if entry.most]
    told = sorted((m for m in matches if m.number is not None), key=lambda m: m.number or 0)
    untold = [m for m in matches if m.number is None]
    unmatched, allowed, denied = EVERYTHING, NOTHING, NOTHING
    for group in (untold, *(list(equal) for _, equal in groupby(told, key=lambda m: m.number))):
        for match in group:
            hit = match.most & unmatched
            allowed = allowed if match.allow is False else allowed | hit
            denied = denied if match.allow is True else denied | hit
        for match in group if group is not untold else ():
            unmatched -= match.least
    for match in untold:
        unmatched -= match.least
    certain = EVERYTHING - denied - unmatched
    doubt = first_doubt(*(match.doubt for match in matches)) if certain != allowed else None
    return Outcome(certain, allowed, doubt)


class Part(Struct, frozen=True):
    """Addresses of a VPC that no entry of an ACL divides: a piece of a known block, or a whole block that is not known.

    ``doubt`` says why the VPC may not have them.
    """

    addresses: Addresses | Unknown
    doubt: Maybe | None = None

    def __str__(self) -> str:
        return str(self.addresses) if isinstance(self.addresses, Addresses) else f"`{self.addresses.name}`"


class Passing(Struct, frozen=True):
    """What an ACL lets pass from (``inbound``) and to (``outbound``) a part of a VPC's addresses."""

    part: Part
    inbound: Outcome
    outbound: Outcome


def passing(
    network: Network, acl: NetworkAcl, peer: Vpc, version: int, divided: Sequence[Cidr] = ()
) -> tuple[Passing, ...]:
    """What an ACL lets pass from and to each part of the addresses that a peer has in one address family.

    Parts end where the blocks of an entry do, and where those in ``divided`` do.
    """
    entries = network.acls.entries(acl)
    present = [e for e in entries if not e.origin.presence.excludes(acl.origin.presence)]
    many = max(sum(entry.direction is direction for entry in present) for direction in Direction) > MOST_ENTRIES
    if entries.open or many:
        reason = entries.open[0] if entries.open else Maybe(f"{network.acls.name(acl)} has too many entries")
        anything = Outcome(NOTHING, EVERYTHING, reason)
        return tuple(Passing(part, anything, anything) for part in _parts(network, peer, version, divided))
    about = [e for e in _about(network, acl).possible(peer) if not e.origin.presence.excludes(acl.origin.presence)]
    sides = [[entry for entry in about if entry.direction is direction] for direction in Direction]
    cidrs = [*divided, *(entry.cidr.value for entry in about if isinstance(entry.cidr, Known))]
    found = []
    for part in _parts(network, peer, version, cidrs):
        judged = [_outcome(network, acl, peer, part, side, version) for side in sides]
        found.append(Passing(part, *judged))
    return tuple(found)


@remembered
def _about(network: Network, acl: NetworkAcl) -> Towards[AclEntry]:
    """The entries of an ACL by what they are about."""
    return Towards(network, ((entry, Members((Prefix(entry.cidr, None),))) for entry in network.acls.entries(acl)))


def _parts(network: Network, peer: Vpc, version: int, cidrs: Sequence[Cidr]) -> Iterator[Part]:
    for item in relevant_blocks(network, peer):
        value = cidr_of(peer, item.block)
        if isinstance(value, Unknown) and item.block.version == version:
            yield Part(value, item.doubt)
        elif isinstance(value, Known) and value.value.version == version:
            for first, last in _pieces(value.value, cidrs):
                yield Part(Addresses(version, ((first, last),)), item.doubt)
    for reason in network.vpcs.placed_blocks(peer).open[:1]:
        yield Part(Unknown(Why.LOOKUP, f"the address blocks of {peer.origin.name}"), reason)


def _pieces(block: Cidr, cidrs: Sequence[Cidr]) -> Iterator[tuple[int, int]]:
    """A block, divided where one of the others begins or ends."""
    inside = [cidr for cidr in cidrs if cidr.overlaps(block)]
    starts = {block.first, *(c.first for c in inside), *(c.last + 1 for c in inside)}
    ordered = sorted(start for start in starts if block.first <= start <= block.last)
    yield from zip(ordered, [*(start - 1 for start in ordered[1:]), block.last], strict=True)


def _outcome(
    network: Network, acl: NetworkAcl, peer: Vpc, part: Part, entries: Iterable[AclEntry], version: int
) -> Outcome:
    """What the entries of one direction let pass from or to a part of the addresses of a peer."""
    answers = ((entry, _concerns(network, entry, peer, part, version)) for entry in entries)
    judged = [(entry, there) for entry, there in answers if there is not False]
    if all(there is True for _, there in judged):
        return _told(network, acl, *(entry for entry, _ in judged))
    return first_match(_match(acl, entry, there) for entry, there in judged)


@remembered
def _told(network: Network, acl: NetworkAcl, *entries: AclEntry) -> Outcome:
    """What some entries let pass where all of them are about the addresses, as for most peers the same ones are."""
    return first_match(_match(acl, entry, True) for entry in entries)


def _match(acl: NetworkAcl, entry: AclEntry, there: Truth) -> Match:
    services = services_of(entry)
    doubt = first_doubt(
        there if isinstance(there, Maybe) else None, implied(entry.origin.presence, acl.origin.presence)
    )
    untold = [Maybe(value.reason) for value in (entry.number, entry.allow) if isinstance(value, Unknown)]
    return Match(
        entry.number.value if isinstance(entry.number, Known) else None,
        entry.allow.value if isinstance(entry.allow, Known) else None,
        services.least if doubt is None else NOTHING,
        services.most,
        first_doubt(doubt, services.doubt, *untold),
    )


def _concerns(network: Network, entry: AclEntry, peer: Vpc, part: Part, version: int) -> Truth:
    """Whether an entry is about the addresses of a part, all of them."""
    cidr, addresses = entry.cidr, part.addresses
    if entry.family not in (None, version):
        return False
    if isinstance(cidr, Known):
        if cidr.value.prefix == 0:
            return True
        if isinstance(addresses, Addresses):
            return Addresses.of(version, [cidr.value]).covers(addresses)
    elif isinstance(addresses, Unknown) and same(cidr, addresses) is True:
        return True
    if shares(network, Prefix(cidr, version), peer) is False:
        return False
    unknown = cidr if isinstance(cidr, Unknown) else addresses
    return Maybe(unknown.reason if isinstance(unknown, Unknown) else "its addresses are not known")


def services_of(entry: AclEntry) -> Named:
    """The services that an entry names."""
    return named(entry.protocol, entry.from_port, entry.to_port, (entry.icmp_type, entry.icmp_code))


def entries_about(network: Network, acl: NetworkAcl, peer: Vpc, version: int) -> tuple[AclEntry, ...]:
    """The entries of an ACL that certainly are about addresses of a peer, by their numbers, those of ingress first."""
    found: list[tuple[int, int, AclEntry]] = []
    for place, direction in enumerate(Direction):
        for entry in _about(network, acl).certain(peer):
            if (
                entry.direction is direction
                and isinstance(entry.number, Known)
                and _is_about(network, entry, peer, version)
            ):
                found.append((entry.number.value, place, entry))
    return tuple(entry for _, _, entry in sorted(found, key=lambda each: each[:2]))


def _is_about(network: Network, entry: AclEntry, peer: Vpc, version: int) -> bool:
    if entry.family not in (None, version):
        return False
    return shares(network, Prefix(entry.cidr, version), peer) is True
