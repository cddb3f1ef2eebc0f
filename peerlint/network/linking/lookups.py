"""Look-ups by properties that certainly find what another stack of the run declares.

A data source that finds a single thing fails where several match. So where something declared is in the place where it
looks and has all that it asks for, that is what it finds, or nothing is deployed. Where the place is not known to be
that one, what it finds is likely and stays undecided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from peerlint.network.handles import handle
from peerlint.network.linking.pairs import with_ends
from peerlint.network.linking.places import doubt_about, may_be_one, same_place, short, what_would_tell
from peerlint.network.linking.substitution import explained, substituted
from peerlint.network.mentions import identities
from peerlint.network.model import (
    Entity,
    Findable,
    Fragment,
    Lookup,
    Peering,
    RouteTable,
    SecurityGroup,
    Sought,
    Subnet,
    Vpc,
)
from peerlint.network.values import Identity, Known, Unknown, Why, Written, same
from peerlint.records import replace

ROUNDS = 4
"""How far look-ups lead on to others: a connection by its VPC, the group of a VPC."""

CHOSEN_BY_BOTH = frozenset({"vpc_id", "peer_vpc_id"})
"""There is one connection between two VPCs, wherever it is looked up
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations).
"""


class Match(Struct, frozen=True):
    """What a look-up certainly finds."""

    lookup: Lookup
    found: Findable


def with_found(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, in which what look-ups certainly find is one with what other stacks declare."""
    current = list(fragments)
    for _ in range(ROUNDS):
        matches = [match for match in map(_Declared(current).match, _lookups(current)) if match is not None]
        if not matches:
            break
        current = _joined(current, matches)
    return _explained(current)


def _lookups(fragments: Iterable[Fragment]) -> list[Lookup]:
    return [lookup for fragment in fragments for lookup in fragment.lookups]


class _Declared:
    """What is declared, by kind and property."""

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        findables = [findable for fragment in fragments for findable in fragment.findables]
        self._by_property: dict[tuple[Sought, str, object], list[Findable]] = defaultdict(list)
        for findable in with_ends(findables):
            for name, value in findable.properties:
                key = handle(value)
                if key is not None:
                    self._by_property[findable.kind, name, key].append(findable)

    def candidates(self, lookup: Lookup) -> list[Findable]:
        """What has all that is asked for, and is not known to be elsewhere; one thing may be in several places."""
        if not lookup.wanted:
            return []
        name, values = lookup.wanted[0]
        first = (f for value in values for f in self._by_property.get((lookup.kind, name, handle(value)), ()))
        return [f for f in first if _meets(f, lookup) and may_be_one(lookup.place, f.place)]

    def match(self, lookup: Lookup) -> Match | None:
        """The only thing that a look-up certainly finds."""
        anywhere = {name for name, _ in lookup.wanted} >= CHOSEN_BY_BOTH
        certain = {
            handle(f.id): f
            for f in self.candidates(lookup)
            if (anywhere or same_place(lookup.place, f.place) is True) and _certainly_exists(f)
        }
        return Match(lookup, next(iter(certain.values()))) if len(certain) == 1 and None not in certain else None


def _certainly_exists(findable: Findable) -> bool:
    return findable.origin.presence.doubt is None and not findable.origin.presence.many


def _meets(findable: Findable, lookup: Lookup) -> bool:
    own = dict(findable.properties)
    return all(
        name in own and any(same(own[name], value) is True for value in values) for name, values in lookup.wanted
    )


def _joined(fragments: Sequence[Fragment], matches: Sequence[Match]) -> list[Fragment]:
    by_address = {(m.lookup.of.stack, m.lookup.of.address): m.found for m in matches}
    values: dict[Identity, Written[object]] = {}
    for fragment in fragments:
        for identity in _used(fragment):
            declared = by_address.get((identity.stack, identity.address))
            value = _attribute(declared, identity) if declared is not None and not identity.many else None
            if value is not None:
                values[identity] = value
    return [substituted(_without(fragment, by_address), values) for fragment in fragments]


def _used(fragment: Fragment) -> Iterable[Identity]:
    return identities((*fragment.entities, *fragment.lookups, *fragment.findables, *fragment.published))


def _attribute(declared: Findable, identity: Identity) -> Written[object] | None:
    """An attribute of a look-up, as what it finds has it."""
    if identity.attribute == "id":
        return declared.id
    own = dict(declared.properties)
    if identity.attribute in own:
        return own[identity.attribute]
    if isinstance(declared.id, Known) or declared.id.of is None:
        return None
    return Unknown(Why.COMPUTED, of=replace(declared.id.of, attribute=identity.attribute))


def _without(fragment: Fragment, by_address: Mapping[tuple[str, str], Findable]) -> Fragment:
    """A fragment without the look-ups that are joined, and without what stood for what they find."""
    lookups = tuple(lookup for lookup in fragment.lookups if (lookup.of.stack, lookup.of.address) not in by_address)
    entities = tuple(entity for entity in fragment.entities if not _stands_for(entity, by_address))
    return replace(fragment, lookups=lookups, entities=entities)


def _stands_for(entity: Entity, by_address: Mapping[tuple[str, str], Findable]) -> bool:
    """Whether an entity is what a look-up would find; the main table of a looked-up VPC stays."""
    id = entity.id if isinstance(entity, Vpc | Subnet | RouteTable | SecurityGroup | Peering) else None
    if not isinstance(id, Unknown) or id.of is None or id.of.attribute != "id":
        return False
    return (id.of.stack, id.of.address) in by_address


def _explained(fragments: Sequence[Fragment]) -> list[Fragment]:
    """The fragments, in which a look-up that likely finds something declared says so, and what would tell."""
    declared = _Declared(fragments)
    told = {
        (lookup.of.stack, lookup.of.address): reason
        for lookup in _lookups(fragments)
        if (reason := _likely(lookup, declared.candidates(lookup)))
    }
    if not told:
        return list(fragments)

    return [explained(fragment, lambda of: told.get((of.stack, of.address), "")) for fragment in fragments]


def _likely(lookup: Lookup, candidates: Sequence[Findable]) -> str:
    things = list({handle(f.id): f for f in candidates if f.origin.stack != lookup.origin.stack}.values())
    if not things:
        return ""
    if len(things) > 1:
        shown = things[:2]
        places = short(*(thing.origin.span for thing in shown))
        names = " or ".join(f"{f.origin.name} at {place}" for f, place in zip(shown, places, strict=True))
        return f"it may be {names}: a [[tool.peerlint.vpc]] table of the configuration would tell its blocks"
    (only,) = things
    name = f"{only.origin.name} at {short(only.origin.span)[0]}"
    if doubt_about(lookup.place, only.place) is not None:
        told = what_would_tell((lookup.origin, lookup.place), (only.origin, only.place))
        return f"it is {name} if both are in one Region and account, which {told or 'their places'} would tell"
    return f"it is {name} if that exists: {only.origin.presence.doubt}"
