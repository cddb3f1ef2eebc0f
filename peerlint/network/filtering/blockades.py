"""Which network ACLs keep two peered VPCs from talking with each other, although their subnets are routed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.filtering.acls import Outcome, Part, Passing, entries_about, passing, services_of
from peerlint.network.filtering.answers import CLIENTS, is_broad, is_narrow, requests, unanswered, works
from peerlint.network.filtering.services import NOTHING, Services, union
from peerlint.network.intervals import Addresses
from peerlint.network.lookups.peerings import End
from peerlint.network.model import AclEntry, Direction, NetworkAcl, Origin, Peering, Side, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.routing.routed import RoutedSubnet, routed_subnets
from peerlint.network.routing.sides import SIDES, routed_families
from peerlint.network.values import Known, Maybe, Unknown, first_doubt
from peerlint.records import replace


class Shut(Struct, frozen=True):
    """An ACL lets nothing pass, in neither direction."""


class Unanswered(Struct, frozen=True):
    """An ACL lets TCP requests pass, and none of their answers the other way, to the ports of clients.

    ``inbound`` and ``outbound`` are the requests. ``some`` are the addresses of the peer where it is so, and empty
    where it is so for all of them.
    """

    inbound: Services
    outbound: Services
    some: tuple[Part, ...]


class Narrow(Struct, frozen=True):
    """An ACL lets TCP requests pass in a direction, and ``answers`` in the other to few of the ports of clients."""

    direction: Direction
    answers: Services


Verdict: TypeAlias = Shut | Unanswered | Narrow


def verdicts(
    network: Network, acl: NetworkAcl, peer: Vpc, version: int, routed: tuple[Cidr, ...] | None = None
) -> tuple[tuple[Verdict, ...], Maybe | None]:
    """What is wrong with an ACL for the traffic of a peer in one address family; else why something may be.

    Answers matter for the addresses of the peer to which there are routes: those in ``routed``, or all of them.
    """
    found = passing(network, acl, peer, version, routed or ())
    certain = [item for item in found if item.part.doubt is None and _is_routed(item.part, routed)]
    if not certain:
        return (), None
    if not any(item.inbound.possible or item.outbound.possible for item in found):
        return (Shut(),), None
    claims: tuple[Verdict, ...] = (*_unanswered(certain, len(found)), *_narrow(certain))
    if any(isinstance(claim, Unanswered) for claim in claims):
        return claims, None
    return claims, _doubt(certain)


def _is_routed(part: Part, routed: tuple[Cidr, ...] | None) -> bool:
    if routed is None or isinstance(part.addresses, Unknown):
        return True
    return Addresses.of(part.addresses.version, routed).covers(part.addresses)


def _unanswered(found: Sequence[Passing], parts: int) -> Iterator[Unanswered]:
    lost = [(item.part, _lost(item, Direction.INGRESS), _lost(item, Direction.EGRESS)) for item in found]
    meant = [(part, inbound, outbound) for part, inbound, outbound in lost if inbound or outbound]
    if meant:
        some = tuple(part for part, _, _ in meant) if len(meant) < parts else ()
        yield Unanswered(union(i for _, i, _ in meant), union(o for _, _, o in meant), some)


def _lost(item: Passing, direction: Direction) -> Services:
    """The requests of a direction that get no answer.

    Where connections can be made the other way, a direction that everything passes says nothing of requests this way:
    an ACL that lets everything out is not meant to let clients out.
    """
    there, back = _ways(item, direction)
    asked = unanswered(there.certain, there.possible, back.possible)
    return NOTHING if is_broad(asked) and works(back.possible, there.possible) else asked


def _narrow(found: Sequence[Passing]) -> Iterator[Narrow]:
    for direction in Direction:
        ways = [_ways(item, direction) for item in found]
        answers = [back.possible for there, back in ways if _asks(there, back) and is_narrow(back.possible)]
        if answers:
            yield Narrow(direction, union(answers) & CLIENTS)


def _asks(there: Outcome, back: Outcome) -> bool:
    asked = requests(there.certain, there.possible)
    return bool(asked) and not (is_broad(asked) and works(back.possible, there.possible))


def _ways(item: Passing, direction: Direction) -> tuple[Outcome, Outcome]:
    """What passes in a direction, and what passes in the other."""
    return (item.inbound, item.outbound) if direction is Direction.INGRESS else (item.outbound, item.inbound)


def _doubt(found: Sequence[Passing]) -> Maybe | None:
    """Why requests that pass may get no answer, or nothing may pass at all."""
    doubts = [first_doubt(item.inbound.doubt, item.outbound.doubt) for item in found]
    if not any(item.inbound.certain or item.outbound.certain for item in found):
        return first_doubt(*doubts)
    for item, doubt in zip(found, doubts, strict=True):
        for there, back in (_ways(item, direction) for direction in Direction):
            asked = unanswered(there.certain, there.certain, back.certain)
            if asked and not (is_broad(asked) and works(back.certain, there.certain)):
                return doubt
    return None


class Blockade(Struct, frozen=True):
    """An ACL that keeps routed subnets of one side from talking with the other, in some address families.

    ``whole`` tells that no routed subnet of the side can exchange anything with the other one. ``entries`` are those of
    the ACL that say so: that deny the peer, or let the requests pass.
    """

    acl: NetworkAcl
    own: End
    peer: End
    verdict: Verdict
    versions: tuple[int, ...]
    routed: tuple[RoutedSubnet, ...]
    whole: bool
    entries: tuple[AclEntry, ...]

    @property
    def subnets(self) -> tuple[Origin, ...]:
        """The subnets, each once."""
        return tuple(dict.fromkeys(item.subnet.origin for item in self.routed))


class Open(Struct, frozen=True):
    """An ACL of which it is undecided whether it does so."""

    acl: NetworkAcl
    own: End
    peer: End
    reason: str


def blockades(network: Network, peering: Peering) -> Iterator[Blockade | Open]:
    """Every ACL of a routed subnet that keeps a peering from being used, or may do so; each once in each way.

    ACLs that the input only shows or looks up are left out, and every connection that cannot be routed.
    """
    if unroutable(network, peering):
        return
    families = routed_families(network, peering)
    for side in SIDES:
        yield from _merged(found for version in families for found in _of_family(network, peering, side, version))


def _merged(found: Iterator[Blockade | Open]) -> Iterator[Blockade | Open]:
    """What is so in both address families, said once; a question once for each ACL."""
    claims: dict[tuple[str, Verdict, frozenset[Origin], bool], Blockade] = {}
    asked: dict[str, Open] = {}
    for item in found:
        match item:
            case Blockade():
                key = (item.acl.origin.address, item.verdict, frozenset(item.subnets), item.whole)
                before = claims.get(key)
                claims[key] = item if before is None else _both(before, item)
            case Open():
                asked.setdefault(item.acl.origin.address, item)
    yield from claims.values()
    yield from asked.values()


def _both(one: Blockade, other: Blockade) -> Blockade:
    """One blockade for the address families, and for the subnets, of two."""
    return replace(
        one,
        versions=tuple(dict.fromkeys((*one.versions, *other.versions))),
        routed=tuple(dict.fromkeys((*one.routed, *other.routed))),
        entries=tuple(dict.fromkeys((*one.entries, *other.entries))),
    )


class _Chosen(Struct, frozen=True):
    """An ACL that a subnet has; ``doubt`` says why it may have another."""

    routed: RoutedSubnet
    acl: NetworkAcl
    doubt: Maybe | None


def _of_family(network: Network, peering: Peering, side: Side, version: int) -> Iterator[Blockade | Open]:
    own, peer = network.peerings.end(peering, side), network.peerings.end(peering, side.other)
    routed = routed_subnets(network, peering, side, version)
    chosen = [choice for item in routed.items for choice in _chosen(network, item)]
    by_acl: dict[tuple[int, tuple[Cidr, ...] | None], list[_Chosen]] = {}
    for choice in chosen:
        by_acl.setdefault((id(choice.acl), choice.routed.destinations(network)), []).append(choice)
    judged = {key: verdicts(network, group[0].acl, peer.vpc, version, key[1]) for key, group in by_acl.items()}
    shut = {
        c.routed.subnet.origin
        for key, group in by_acl.items()
        for c in group
        if _is_shut(judged[key]) and c.doubt is None
    }
    whole = not routed.open and all(item.subnet.origin in shut for item in routed.items)
    found: dict[tuple[int, Verdict], Blockade] = {}
    for key, group in by_acl.items():
        acl, (claims, doubt) = group[0].acl, judged[key]
        certain = tuple(choice.routed for choice in group if choice.doubt is None)
        unsure = next((choice.doubt for choice in group if choice.doubt is not None), None)
        for claim in claims if certain else ():
            entries = _speaking(network, acl, peer.vpc, version, claim)
            made = Blockade(acl, own, peer, claim, (version,), certain, whole and isinstance(claim, Shut), entries)
            before = found.get((key[0], claim))
            found[key[0], claim] = made if before is None else _both(before, made)
        if not certain and unsure is not None and not all(isinstance(claim, Narrow) for claim in claims):
            yield Open(acl, own, peer, unsure.reason)
        elif doubt is not None:
            yield Open(acl, own, peer, doubt.reason)
    yield from found.values()


def _is_shut(judged: tuple[tuple[Verdict, ...], Maybe | None]) -> bool:
    return any(isinstance(claim, Shut) for claim in judged[0])


def _chosen(network: Network, item: RoutedSubnet) -> list[_Chosen]:
    """The ACLs that a subnet has or may have, without those that the input does not declare."""
    subnet = item.subnet
    presence = subnet.origin.presence
    given = network.acls.of(subnet)
    found = [(acl, by) for acl, by in given if not by.presence.excludes(presence)]
    doubts = [first_doubt(implied(acl.origin.presence, presence), implied(by.presence, presence)) for acl, by in found]
    unsure = first_doubt(*given.open, *doubts)
    if len(found) > 1 and unsure is None:
        unsure = Maybe(f"{subnet.origin.name} is given {' and '.join(network.acls.name(acl) for acl, _ in found)}")
    return [_Chosen(item, acl, unsure) for acl, _ in found if not acl.outside and not acl.origin.observed]


def _speaking(network: Network, acl: NetworkAcl, peer: Vpc, version: int, claim: Verdict) -> tuple[AclEntry, ...]:
    """The entries to look at, in the order in which AWS reads them."""
    about = entries_about(network, acl, peer, version)
    match claim:
        case Shut():
            return tuple(entry for entry in about if entry.allow == Known(False))
        case Unanswered(inbound=inbound, outbound=outbound):
            asked = {Direction.INGRESS: inbound, Direction.EGRESS: outbound}
            return tuple(e for e in about if e.allow == Known(True) and services_of(e).least & asked[e.direction])
        case Narrow(direction=direction, answers=answers):
            back = [e for e in about if e.allow == Known(True) and e.direction is not direction]
            return tuple(entry for entry in back if services_of(entry).least & answers)
