"""What a root looks up by properties or reads by a name, and what other stacks may find or read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from peerlint.network.mentions import identities
from peerlint.network.model import (
    Entity,
    Findable,
    Language,
    Lookup,
    Origin,
    Place,
    Properties,
    Published,
    Reading,
    Sought,
    Store,
)
from peerlint.network.values import Identity, Known, Unknown, Written
from peerlint.terraform.conditions import ARGUMENTS, LOOKED_UP, conditions
from peerlint.terraform.convert import to_string
from peerlint.terraform.declaration import Declaration
from peerlint.terraform.lift.stacks import STACKS
from peerlint.terraform.values import EvaluationError, TfValue

KINDS: Mapping[str, Sought] = {
    "aws_vpc": Sought.VPC,
    "aws_subnet": Sought.SUBNET,
    "aws_route_table": Sought.TABLE,
    "aws_security_group": Sought.GROUP,
    "aws_vpc_peering_connection": Sought.PEERING,
    "aws_vpc_peering_connection_accepter": Sought.PEERING,
}
"""The types that are found by their properties."""

PARAMETERS = frozenset({"aws_ssm_parameter", "awscc_ssm_parameter"})
PARAMETER_VALUES = ("value", "insecure_value")
READ = frozenset({"aws_ssm_parameter", "aws_cloudformation_export"})
OUTPUT = re.compile(r'outputs\["([A-Za-z0-9]+)"\]')
SHARED = frozenset({*LOOKED_UP, *KINDS, *PARAMETERS, *READ, *STACKS})
"""The types by which roots find, or read of, one another."""


class Shared(Struct, frozen=True):
    """What a root looks up and reads, and what it has to be found and read."""

    lookups: list[Lookup] = field(default_factory=list)
    findables: list[Findable] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    published: list[Published] = field(default_factory=list)


def shared(instances: Iterable[Declaration], entities: Iterable[Entity], joined: Mapping[Identity, object]) -> Shared:
    """What the instances of a root share with other stacks. What is ``joined`` is found in the root itself."""
    result = Shared()
    used = sorted({identity for entity in entities for identity in identities(entity)}, key=str)
    own = {(identity.stack, identity.address) for identity in joined}
    seen: set[Identity] = set()
    for instance in instances:
        if instance.type in STACKS:
            result.readings.extend(_outputs(instance, used))
        elif not instance.data:
            result.findables.extend(_findable(instance))
            result.published.extend(_published(instance))
            continue
        result.readings.extend(_readings(instance))
        lookup = _lookup(instance)
        if lookup is not None and lookup.of not in seen and (lookup.of.stack, lookup.of.address) not in own:
            seen.add(lookup.of)
            result.lookups.append(lookup)
    return result


def _origin(instance: Declaration) -> Origin:
    site, arguments = instance.site, instance.arguments
    return Origin(
        site.root.stack,
        instance.address,
        arguments.span,
        Language.TERRAFORM,
        presence=instance.presence,
        calls=site.calls,
    )


def _findable(instance: Declaration) -> Iterator[Findable]:
    kind = KINDS.get(instance.type)
    id = _text(_id(instance)) if kind is not None else None
    if kind is not None and id is not None:
        place = instance.place
        yield Findable(kind, id, _origin(instance), place, (*_properties(instance, place), *_tags(instance)))


def _id(instance: Declaration) -> TfValue:
    try:
        return instance.attribute("id")
    except EvaluationError:
        return instance.computed("id")


def _properties(instance: Declaration, place: Place) -> Iterator[tuple[str, Written[str]]]:
    if instance.type == "aws_vpc_peering_connection":
        yield from _ends(instance, place)
    elif KINDS[instance.type] is not Sought.PEERING:
        yield from _written(instance, sorted(ARGUMENTS))


def _ends(instance: Declaration, place: Place) -> Iterator[tuple[str, Written[str]]]:
    yield from _written(instance, ("vpc_id", "peer_vpc_id"))
    yield "owner_id", place.account
    owner = _text(instance.arguments.get("peer_owner_id"))
    yield "peer_owner_id", owner if owner is not None else place.account


def _written(instance: Declaration, names: Sequence[str]) -> Properties:
    values = ((name, _text(instance.arguments.get(name))) for name in names)
    return tuple((name, value) for name, value in values if value is not None)


def _tags(instance: Declaration) -> Properties:
    match instance.arguments.get("tags"):
        case Known(value=dict() as tags):
            values = ((f"tag:{key}", _text(value)) for key, value in tags.items())
            return tuple((name, value) for name, value in values if value is not None)
        case _:
            return ()


def _lookup(instance: Declaration) -> Lookup | None:
    kind = KINDS.get(instance.type)
    of = instance.computed("id").of
    if kind is None or isinstance(_id(instance), Known):
        return None
    asked = conditions(instance)
    if of is None or of.many or instance.presence.many or not asked:
        return None
    wanted = tuple(
        (name, tuple(text for value in values if (text := _text(value)) is not None)) for name, values in asked
    )
    whole = Identity(of.stack, of.address)
    return Lookup(kind, whole, _origin(instance), instance.place, wanted)


def _published(instance: Declaration) -> Iterator[Published]:
    name = instance.arguments.get("name") if instance.type in PARAMETERS else None
    for argument in PARAMETER_VALUES:
        value = _text(instance.arguments.get(argument))
        if isinstance(name, Known) and isinstance(name.value, str) and value is not None and not instance.presence.many:
            yield Published(Store.PARAMETER, name.value, value, _origin(instance), instance.place)


def _readings(instance: Declaration) -> Iterator[Reading]:
    name = instance.arguments.get("name") if instance.type in READ else None
    of = instance.computed("value").of
    if not isinstance(name, Known) or not isinstance(name.value, str) or of is None or of.many:
        return
    store = Store.EXPORT if instance.type == "aws_cloudformation_export" else Store.PARAMETER
    for attribute in PARAMETER_VALUES if store is Store.PARAMETER else ("value",):
        whole = Identity(of.stack, of.address, attribute)
        yield Reading(store, name.value, whole, _origin(instance), instance.place)


def _outputs(instance: Declaration, used: Iterable[Identity]) -> Iterator[Reading]:
    """The outputs of a stack that are used, whose template may be in the run."""
    name = instance.arguments.get("name") or instance.arguments.get("stack_name")
    of = instance.computed("outputs").of
    if not isinstance(name, Known) or not isinstance(name.value, str) or of is None or of.many:
        return
    for identity in used:
        output = OUTPUT.fullmatch(identity.attribute)
        if output is not None and (identity.stack, identity.address) == (of.stack, of.address):
            yield Reading(Store.OUTPUT, f"{name.value}.{output[1]}", identity, _origin(instance), instance.place)


def _text(value: TfValue | None) -> Written[str] | None:
    """A value as a text; ``None`` for what is not written, empty, or no text."""
    if value is None:
        return None
    try:
        text = to_string(value)
    except EvaluationError:
        return None
    match text:
        case Unknown():
            return text
        case Known(value=str() as written) if written:
            return Known(written, text.at, text.trail)
        case _:
            return None
