"""What peerlint takes for one thing must have one value once it is applied, and two things two."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, TypeAlias

from peerlint.network.values import Identity, Known, Unknown
from peerlint.terraform.convert import convert
from peerlint.terraform.instance import ModuleInstance
from peerlint.terraform.resource import ResourceInstance
from peerlint.terraform.values import TfSet, TfValue
from tests.oracle.compare import argument, attribute
from tests.oracle.judge import Disagreement
from tests.oracle.ours import instances
from tests.oracle.planned import Planned
from tests.oracle.provider.schema import block_of

Place: TypeAlias = tuple[str, str]
"""The address of an instance, and the path of a value in it."""


def split(top: ModuleInstance, state: Mapping[str, Planned]) -> Iterator[Disagreement]:
    """The places that have one identity for peerlint, and different values in the state."""
    yield from shared(identified(top, state))


def shared(found: Mapping[Identity, Mapping[Place, Any]]) -> Iterator[Disagreement]:
    """The identities whose places have different values."""
    for identity, places in found.items():
        values = {json.dumps(value, sort_keys=True) for value in places.values()}
        if len(values) > 1:
            address, path = next(iter(places))
            where = ", ".join(f"{other} {inner}" for other, inner in places)
            yield Disagreement(address, path, f"{identity} at {where}", tuple(sorted(values)))


def merged_ids(top: ModuleInstance, state: Mapping[str, Planned]) -> Iterator[Disagreement]:
    """The resources of one type that have different ids for peerlint, and one in the state."""
    known = [(instance, attribute(instance, "id")) for instance in instances(top) if not instance.data]
    for (one, left), (other, right) in combinations(known, 2):
        if one.type != other.type or left == right or one.address not in state or other.address not in state:
            continue
        theirs = [state[instance.address].values.get("id") for instance in (one, other)]
        if theirs[0] is not None and theirs[0] == theirs[1]:
            yield Disagreement(one.address, "id", f"another id than {other.address}'s", tuple(map(str, theirs)))


def identified(top: ModuleInstance, state: Mapping[str, Planned]) -> dict[Identity, dict[Place, Any]]:
    """The applied value at each place where peerlint has an unknown with an identity, by that identity."""
    found: dict[Identity, dict[Place, Any]] = {}
    for instance in instances(top):
        applied = state.get(instance.address)
        if applied is None or instance.presence.many:
            continue
        for name, value in _values(instance):
            for identity, path, theirs in _unknowns(value, applied.values.get(name), name):
                found.setdefault(identity, {})[instance.address, path] = theirs
    return found


def _values(instance: ResourceInstance) -> Iterator[tuple[str, TfValue]]:
    """Every argument and attribute of an instance, as peerlint has it."""
    block = block_of(instance.type, instance.data)
    for name in (*block.attributes, *block.blocks) if block is not None else ():
        value = argument(instance.arguments, block, name) if block is not None else None
        if value is None and block is not None and name in block.attributes:
            value = attribute(instance, name)
        if value is not None and block is not None:
            yield name, convert(value, block.type_of(name))


def _unknowns(ours: TfValue, theirs: Any, path: str) -> Iterator[tuple[Identity, str, Any]]:
    """The unknowns in a value that have an identity, each with what stands in its place once applied."""
    match ours:
        case Unknown(of=of):
            if of is not None and not of.many:
                yield of, path, theirs
        case Known(value=dict() as items) if isinstance(theirs, dict):
            for name, item in items.items():
                yield from _unknowns(item, theirs.get(name), f"{path}.{name}")
        case Known(value=(tuple() as items)) | Known(value=TfSet(items=items)) if isinstance(theirs, list):
            if len(items) == len(theirs) and (len(items) == 1 or isinstance(ours.value, tuple)):
                for index, item in enumerate(items):
                    yield from _unknowns(item, theirs[index], f"{path}[{index}]")
