"""Fragments of many stacks → one network.

Look-ups of one stack in another (``Fn::ImportValue``, an output of a remote state) are replaced by what the other stack
provides. Only exact and unambiguous matches join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias

from peerlint.network.cidr import parse_cidr
from peerlint.network.handles import handle
from peerlint.network.literals import literals
from peerlint.network.model import Block, BlockKind, Entity, Fragment, Language, Origin, Place, Vpc
from peerlint.network.network import Network
from peerlint.network.observed import with_observed
from peerlint.network.outside import OutsideVpc
from peerlint.network.settings import Settings
from peerlint.network.values import Identity, Known, Step, Trail, Unknown, Why, Written

Substitution: TypeAlias = Mapping[Identity, Written[object]]

CIDR_FIELDS = frozenset({"cidr", "cidrs"})


def link(
    fragments: Sequence[Fragment], outside: Sequence[OutsideVpc] = (), settings: Settings | None = None
) -> Network:
    """The network that the fragments and the configuration's outside VPCs describe together."""
    provided = _provided(fragments)
    if provided:
        places = _same_places(fragments, provided)
        fragments = [_substitute_fragment(f, {**provided, **places}) for f in fragments]
    fragments = [_with_outside(f, outside) for f in fragments] if outside else fragments
    fragments = with_observed(fragments, _substitute_fragment)
    return Network(fragments, settings or Settings())


def _provided(fragments: Sequence[Fragment]) -> Substitution:
    """What stacks provide to others. A name that two stacks provide with different values joins nothing."""
    values: dict[Identity, list[Written[object]]] = defaultdict(list)
    for fragment in fragments:
        for identity, value in fragment.provides.items():
            values[identity].append(value)
    return {identity: found[0] for identity, found in values.items() if all(value == found[0] for value in found)}


def _same_places(fragments: Sequence[Fragment], provided: Substitution) -> Substitution:
    """An import joins stacks of one account and Region: their unknown places are one."""
    leader: dict[str, str] = {f.stack: f.stack for f in fragments}

    def find(stack: str) -> str:
        while leader[stack] != stack:
            stack = leader[stack]
        return stack

    provider = {identity: f.stack for f in fragments for identity in f.provides if identity in provided}
    for fragment in fragments:
        for identity in identities(fragment.entities):
            if identity in provider:
                leader[find(fragment.stack)] = find(provider[identity])
    names = ("AWS::Region", "AWS::AccountId")
    return {
        Identity(f.stack, name): Unknown(Why.VARIABLE, name, of=Identity(find(f.stack), name))
        for f in fragments
        for name in names
        if find(f.stack) != f.stack
    }


def identities(thing: object) -> Iterator[Identity]:
    """Every identity that an entity names, or values that it holds."""
    match thing:
        case Unknown(of=Identity() as identity):
            yield identity
        case tuple():
            for item in thing:
                yield from identities(item)
        case Origin() | Known():
            return
        case _ if is_dataclass(thing):
            for field in fields(thing):
                yield from identities(getattr(thing, field.name))


def _substitute_fragment(fragment: Fragment, values: Substitution) -> Fragment:
    entities = tuple(_substitute(entity, values, "") for entity in fragment.entities)
    return replace(fragment, entities=entities)


def _substitute(thing: object, values: Substitution, field_name: str) -> Any:
    """``thing`` with every provided identity replaced, at any depth of an entity: of its type, with other values."""
    match thing:
        case Unknown(of=Identity() as identity) if identity in values:
            return _as_field(_follow(identity, values), field_name, thing)
        case tuple():
            return tuple(_substitute(item, values, field_name) for item in thing)
        case Origin() | Known() | Unknown():
            return thing
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            changed = {f.name: _substitute(getattr(thing, f.name), values, f.name) for f in fields(thing)}
            kept = all(changed[f.name] is getattr(thing, f.name) for f in fields(thing))
            return thing if kept else replace(thing, **changed)
        case _:
            return thing


def _follow(identity: Identity, values: Substitution) -> Written[object]:
    """The value at the end of a chain of look-ups; a circle ends where it began."""
    seen = {identity}
    value = values[identity]
    while isinstance(value, Unknown) and value.of is not None and value.of in values and value.of not in seen:
        seen.add(value.of)
        value = values[value.of]
    return value


def _as_field(value: Written[object], field_name: str, was: Unknown) -> Written[object]:
    """A provided value in the type its field takes, at the place where it is used."""
    if isinstance(value, Unknown):
        return replace(value, at=was.at)
    if field_name not in CIDR_FIELDS:
        return Known(value.value, was.at, _trail(value))
    cidr = parse_cidr(value.value) if isinstance(value.value, str) else None
    return Known(cidr, was.at, _trail(value)) if cidr is not None else was


def _trail(value: Known[object]) -> Trail | None:
    """The way of a value of another stack, which at least ends where that stack writes it."""
    if value.trail is not None or value.at is None:
        return value.trail
    step = Step(f"{value.value} is written here", value.at)
    return lambda: (step,)


def _with_outside(fragment: Fragment, outside: Sequence[OutsideVpc]) -> Fragment:
    if fragment.language is Language.INVENTORY:
        return fragment
    entities = tuple(_enriched(entity, outside) for entity in fragment.entities)
    known = {handle(e.id) for e in entities if isinstance(e, Vpc)}
    literal = {i.value for i in literals(entities) if i.value.startswith("vpc-")}
    added = [_vpc(o, o.id, fragment) for o in outside if o.id is not None and o.id in literal and o.id not in known]
    return replace(fragment, entities=(*entities, *added))


def _enriched(entity: Entity, outside: Sequence[OutsideVpc]) -> Entity:
    """A looked-up VPC with what the configuration says of the one VPC that its id or name matches."""
    if not isinstance(entity, Vpc) or not entity.outside:
        return entity
    found = [o for o in outside if _matches(o, entity)]
    if len(found) != 1:
        return entity
    told = found[0]
    blocks = tuple(Block(Known(c, told.at), c.version, BlockKind.PRIMARY, told.at) for c in told.cidrs)
    return replace(
        entity,
        blocks=(*blocks, *entity.blocks),
        place=_place(told, entity.place),
        complete=entity.complete or bool(blocks),
    )


def _matches(told: OutsideVpc, vpc: Vpc) -> bool:
    by_id = told.id is not None and isinstance(vpc.id, Known) and vpc.id.value == told.id
    name = told.name if told.name is not None else dict(told.tags).get("Name") if len(told.tags) == 1 else None
    by_name = name is not None and isinstance(vpc.name, Known) and vpc.name.value == name
    return by_id or by_name


def _place(told: OutsideVpc, place: Place) -> Place:
    region: Written[str] = Known(told.region, told.at) if told.region is not None else place.region
    account: Written[str] = Known(told.account, told.at) if told.account is not None else place.account
    return Place(region, account)


def _vpc(told: OutsideVpc, id: str, fragment: Fragment) -> Vpc:
    nothing = Unknown(Why.LOOKUP, id, told.at)
    blocks = tuple(Block(Known(c, told.at), c.version, BlockKind.PRIMARY, told.at) for c in told.cidrs)
    origin = Origin(fragment.stack, told.name or id, told.at, fragment.language)
    place = _place(told, Place(nothing, nothing))
    return Vpc(origin, Known(id, told.at), blocks, nothing, nothing, place, outside=True, complete=bool(blocks))
