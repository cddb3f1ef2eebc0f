"""Functions on maps and objects."""

from __future__ import annotations

from collections.abc import Mapping

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import convert, to_string
from peerlint.terraform.functions.signature import (
    MAPPING,
    SEQUENCE,
    ArgumentError,
    Call,
    Function,
    Param,
    bounded,
    texts,
)
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.types import ANY, STRING, ListType, MapType, ObjectType, holds_any, type_of, unify
from peerlint.terraform.values import (
    EvaluationError,
    TfList,
    TfMap,
    TfValue,
    derived,
    element_of,
    elements,
    first_unknown,
    is_null,
    make_map,
    make_object,
)


def _keys(call: Call) -> TfValue:
    value = call.args[0]
    if isinstance(value, Unknown):
        kind = type_of(value)
        return Known(tuple(map(Known, kind.attributes))) if isinstance(kind, ObjectType) else derived(value)
    mapping = call.mapping(0)
    names = [Known(name) for name in mapping]
    return Known(TfList(names) if isinstance(mapping, TfMap) else tuple(names))


def _values(call: Call) -> TfValue:
    mapping = call.mapping(0)
    return Known(TfList(mapping.values()) if isinstance(mapping, TfMap) else tuple(mapping.values()))


def _lookup(call: Call) -> TfValue:
    if len(call.args) > 3:
        raise EvaluationError(f"lookup() takes two or three arguments, got {len(call.args)}")
    mapping, key, *default = call.args
    if isinstance(mapping, Unknown):
        return derived(mapping) if default else element_of(mapping)
    items = call.plain(0)
    if not isinstance(items, dict):
        raise ArgumentError(0, "lookup() requires a map as the first argument")
    otherwise = [_as_element(items, value) for value in default]
    if isinstance(key, Unknown):
        return derived(key)
    name = call.text(1)
    if isinstance(items, ResourceObject):
        return items.attribute(name)
    if name in items:
        return items[name]
    if not otherwise:
        raise EvaluationError(f'lookup failed to find key "{name}"')
    return otherwise[0]


def _as_element(items: dict[str, TfValue], default: TfValue) -> TfValue:
    """The default of a look-up in the type of the map's elements."""
    if not isinstance(items, TfMap) or not items:
        return default
    common = type_of(Known(items))
    try:
        return convert(default, common.element) if isinstance(common, MapType) else default
    except EvaluationError:
        message = "the default value must have the same type as the map elements"
        raise ArgumentError(2, message) from None


class _Merged:
    """A resource with attributes of other objects put over its own."""

    def __init__(self, attributes: Mapping[str, TfValue], resource: ResourceObject) -> None:
        self._attributes = attributes
        self._resource = resource

    def attribute(self, name: str) -> TfValue:
        """One of the others', else the resource's."""
        return self._attributes[name] if name in self._attributes else self._resource.attribute(name)


def _merge(call: Call) -> TfValue:
    if len(call.args) == 1 and isinstance(call.args[0], Unknown):
        return call.args[0]
    merged: dict[str, TfValue] = {}
    for index, arg in enumerate(call.args):
        if isinstance(arg, Unknown):
            return derived(arg)
        if is_null(arg):
            continue
        if not isinstance(arg.value, dict):
            raise ArgumentError(index, "arguments must be maps or objects")
        merged.update(call.mapping(index))
        bounded(len(merged))
    given = [arg.value for arg in call.args if isinstance(arg, Known) and arg.value is not None]
    kinds = [type_of(Known(item)) for item in given]
    alike = all(kind == unify(kinds) or holds_any(kind) for kind in kinds)
    resource = next((item for item in reversed(given) if isinstance(item, ResourceObject)), None)
    if resource is not None:
        return Known(ResourceObject(_Merged(merged, resource), merged))
    if given and alike and all(isinstance(item, TfMap) for item in given):
        return Known(make_map(merged))
    return Known(make_object(merged))


def _zipmap(call: Call) -> TfValue:
    values = call.plain(1)
    if not isinstance(values, tuple):
        raise ArgumentError(1, "values argument must be a list or tuple value")
    unknown = first_unknown(call.args[0])
    if unknown is not None:
        return derived(unknown)
    names = texts(call.items(0))
    if len(names) != len(values):
        raise EvaluationError(f"number of keys ({len(names)}) does not match number of values ({len(values)})")
    pairs = dict(zip(names, values, strict=True))
    return Known(make_map(pairs) if isinstance(values, TfList) else make_object(pairs))


def _transpose(call: Call) -> TfValue:
    flipped: dict[str, list[str]] = {}
    for name, items in call.mapping(0).items():
        for text in texts(elements(items) or ()):
            flipped.setdefault(text, []).append(name)
    return Known(
        make_map({text: Known(TfList(Known(name) for name in sorted(names))) for text, names in flipped.items()})
    )


def _map(call: Call) -> TfValue:
    """0.11's ``map("key", value, …)``."""
    if len(call.args) % 2:
        raise EvaluationError("map requires an even number of arguments, as keys and values")
    pairs: dict[str, TfValue] = {}
    for key, value in zip(call.args[::2], call.args[1::2], strict=True):
        name = to_string(key)
        if isinstance(name, Unknown):
            return derived(name)
        if not isinstance(name.value, str):
            raise EvaluationError("a key of the map is null")
        pairs[name.value] = value
    return convert(Known(make_object(pairs)), MapType(ANY))


FUNCTIONS = {
    "keys": Function(_keys, (Param("inputMap", unknown=True, kinds=MAPPING),), partial=True),
    "lookup": Function(
        _lookup,
        (Param("inputMap", unknown=True, kinds=MAPPING), Param("key", STRING, unknown=True)),
        Param("default", nullable=True, unknown=True),
        partial=True,
    ),
    "map": Function(_map, rest=Param("vals", nullable=True, unknown=True), partial=True),
    "merge": Function(_merge, rest=Param("maps", nullable=True, unknown=True, kinds=MAPPING), partial=True),
    "transpose": Function(_transpose, (Param("values", MapType(ListType(STRING))),)),
    "values": Function(_values, (Param("mapping", kinds=MAPPING),), partial=True),
    "zipmap": Function(_zipmap, (Param("keys", ListType(STRING)), Param("values", kinds=SEQUENCE)), partial=True),
}
