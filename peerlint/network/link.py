"""Fragments of many stacks → one network.

Look-ups of one stack in another (``Fn::ImportValue``, an output of a remote state, a parameter, a data source) are
replaced by what the other stack provides. Only exact and unambiguous matches join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from peerlint.network.handles import handle
from peerlint.network.linking.deployed import with_deployed
from peerlint.network.linking.lookups import found
from peerlint.network.linking.places import may_be_one
from peerlint.network.linking.stores import with_stored
from peerlint.network.linking.substitution import Substitution, identities, substituted
from peerlint.network.literals import literals
from peerlint.network.model import Block, BlockKind, Entity, Fragment, Language, Origin, Place, Vpc
from peerlint.network.network import Network
from peerlint.network.observed import with_observed
from peerlint.network.outside import OutsideVpc
from peerlint.network.settings import Settings
from peerlint.network.values import Identity, Known, Unknown, Why, Written


def link(
    fragments: Sequence[Fragment], outside: Sequence[OutsideVpc] = (), settings: Settings | None = None
) -> Network:
    """The network that the fragments and the configuration's outside VPCs describe together."""
    provided = _provided(fragments)
    if provided:
        values = {**provided, **_same_places(fragments, provided)}
        fragments = [substituted(f, values) for f in fragments]
    fragments = found(with_stored(with_deployed(fragments)))
    if outside:
        ids = dict(_configured_ids(fragments, outside))
        fragments = [_with_outside(substituted(f, ids) if ids else f, outside) for f in fragments]
    fragments = with_observed(fragments, substituted)
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


def _configured_ids(
    fragments: Sequence[Fragment], outside: Sequence[OutsideVpc]
) -> Iterator[tuple[Identity, Written[object]]]:
    """The ids of looked-up VPCs that the configuration tells along with how else the code refers to them."""
    for vpc in (e for f in fragments for e in f.entities if isinstance(e, Vpc) and e.outside):
        found = [o for o in outside if _matches(o, vpc)]
        if len(found) == 1 and found[0].id is not None and isinstance(vpc.id, Unknown) and vpc.id.of is not None:
            yield vpc.id.of, Known(found[0].id, found[0].at)


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
    """Whether a row refers to a looked-up VPC: by its id or name, and not in another Region or account."""
    if not may_be_one(vpc.place, _place(told, vpc.place)):
        return False
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
