"""VPCs that the configuration describes, joined with what refers to them: a literal id, a look-up by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerlint.network.handles import handle
from peerlint.network.linking.places import may_be_one
from peerlint.network.linking.substitution import substituted
from peerlint.network.mentions import literals
from peerlint.network.model import Block, BlockKind, Entity, Fragment, Language, Origin, Place, Vpc
from peerlint.network.outside import OutsideVpc
from peerlint.network.values import Identity, Known, Unknown, Why, Written
from peerlint.records import replace


def with_configured(fragments: Sequence[Fragment], outside: Sequence[OutsideVpc]) -> Sequence[Fragment]:
    """The fragments, with what the configuration says of the VPCs that they name or look up."""
    if not outside:
        return fragments
    ids = dict(_configured_ids(fragments, outside))
    return [_with_outside(substituted(f, ids) if ids else f, outside) for f in fragments]


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
