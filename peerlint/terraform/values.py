"""Terraform's values, as the evaluator computes them.

A ``TfValue`` is ``Known`` or ``Unknown``. What a ``Known`` holds: ``None`` for null, ``bool``, ``int`` or ``Decimal``
for numbers, ``str``, ``tuple`` for tuples and :class:`TfList` for lists, :class:`TfSet` for sets, ``dict`` for objects
and :class:`TfMap` for maps (keys sorted, as Terraform iterates them). The elements of collections are themselves
``TfValue``.

An expression writes tuples and objects; lists and maps come out of conversions and functions. Only ``==`` tells them
apart, so whoever does not care matches ``tuple`` and ``dict``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias, assert_never
from unicodedata import normalize

from msgspec import Struct

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace


class TfList(tuple["TfValue", ...]):
    """A list: elements of one type, where a bare ``tuple`` may mix them."""

    __slots__ = ()


class TfMap(dict[str, "TfValue"]):
    """A map: elements of one type, where a bare ``dict`` is an object."""

    __slots__ = ()


class TfSet(Struct, frozen=True):
    """A set: its elements without repetition, in Terraform's order (strings by code point, numbers rising)."""

    items: tuple[TfValue, ...]


Plain: TypeAlias = bool | int | Decimal | str | tuple["TfValue", ...] | TfSet | dict[str, "TfValue"] | None
TfValue: TypeAlias = Known[Plain] | Unknown


CONTAINERS = (tuple, dict, TfSet)
"""What holds the elements of a known list, tuple, set, map or object."""


class EvaluationError(Exception):
    """An error that Terraform would report when it evaluates the expression; ``try`` and ``can`` catch it."""


class FatalError(EvaluationError):
    """An error of the configuration as a whole (a circle, a limit), which ``try`` and ``can`` do not catch."""


NULL: Known[Plain] = Known(None)


def normalized(text: str) -> str:
    """The text in Unicode's NFC, as every string of Terraform is."""
    return text if text.isascii() else normalize("NFC", text)


def is_null(value: TfValue) -> bool:
    """Whether the value is known to be null."""
    return isinstance(value, Known) and value.value is None


def is_number(plain: Plain) -> bool:
    """Whether it is a number: Python counts ``True`` as an ``int``, Terraform does not."""
    return isinstance(plain, int | Decimal) and not isinstance(plain, bool)


def primitive_name(plain: Plain) -> str:
    """``string``, ``number`` or ``bool``; empty for null, collections and objects."""
    match plain:
        case bool():
            return "bool"
        case int() | Decimal():
            return "number"
        case str():
            return "string"
    return ""


def derived(unknown: Unknown) -> Unknown:
    """A value computed from ``unknown``, which is therefore another value: no identity, the first one as its cause."""
    return Unknown(unknown.why, cause=unknown.cause or unknown.of, detail=unknown.detail)


def derived_as(name: str, unknown: Unknown) -> Unknown:
    """A value of the type of that name which is computed from ``unknown``, and not null."""
    return replace(derived(unknown), type=name, not_null=True)


def without_refinements(unknown: Unknown) -> Unknown:
    """The same value, of which nothing else is told: it may turn out to be another one in its place."""
    return Unknown(unknown.why, unknown.source, unknown.at, unknown.of, unknown.cause, detail=unknown.detail)


def element_of(unknown: Unknown) -> Unknown:
    """Some element of an unknown collection (an index, a splat, the item of a ``for``): its identity is ``many``."""
    inner = element_type(unknown.type)
    if unknown.of is None:
        return replace(derived(unknown), type=inner)
    return Unknown(unknown.why, of=replace(unknown.of, many=True), detail=unknown.detail, type=inner)


def element_type(name: str) -> str:
    """The type of a collection's elements, by name: ``string`` of ``list(string)``; empty where it is open."""
    outer, _, rest = name.partition("(")
    inner = rest.removesuffix(")")
    return inner if outer in COLLECTIONS and inner != "any" else ""


COLLECTIONS = frozenset({"list", "set", "map"})
"""The names of the types that hold elements of one type."""


def key_of(unknown: Unknown) -> Unknown:
    """Some key of an unknown map, or element of an unknown set, as ``each.key`` of a ``for_each`` is."""
    item = element_of(unknown)
    return replace(item, type="string", not_null=True) if unknown.type.startswith("map(") else item


def is_listing(unknown: Unknown) -> bool:
    """Whether an unknown is certainly a list, a set or a tuple."""
    return unknown.type.startswith(("list(", "set(", "tuple("))


def is_structural(unknown: Unknown) -> bool:
    """Whether an unknown is certainly a collection, a tuple or an object."""
    return "(" in unknown.type


def is_single(unknown: Unknown) -> bool:
    """Whether a splat makes one element of an unknown: it is certainly no list, set or null."""
    return is_present(unknown) and (is_scalar(unknown) or unknown.type.startswith(("map(", "object(")))


SCALAR = re.compile(r"(?:\A|[._])(?:id|arn|cidr_block|name|region|account_id)\Z")
"""Attributes of resources and data sources that are strings in every type that has them."""


def primitive_of(unknown: Unknown) -> str:
    """The name of the type that an unknown certainly has, and empty where it may be a collection, an object or null.

    What is computed has one by its operator or function; a resource's id and an element of a data source's ``ids`` are
    a ``string``.
    """
    if unknown.type in PRIMITIVES:
        return unknown.type
    return "string" if not unknown.type and _is_text_attribute(unknown) else ""


PRIMITIVES = frozenset({"string", "number", "bool"})
"""The names of the primitive types."""


def is_present(unknown: Unknown) -> bool:
    """Whether an unknown is certainly not null."""
    return unknown.not_null or _is_text_attribute(unknown)


def is_scalar(unknown: Unknown) -> bool:
    """Whether an unknown is certainly a text, a number or a bool."""
    return bool(primitive_of(unknown))


def _is_text_attribute(unknown: Unknown) -> bool:
    if unknown.of is None or unknown.of.computed or unknown.why not in (Why.COMPUTED, Why.LOOKUP):
        return False
    attribute, many = unknown.of.attribute, unknown.of.many
    if attribute.startswith("outputs."):
        return False
    if not many and (unknown.of.address.endswith("[*]") or not attribute.isidentifier()):
        return False  # it may be a list: the attribute of each instance, or of each element of another attribute
    return bool(SCALAR.search(attribute)) or (many and attribute.endswith("ids"))


def elements(value: TfValue) -> tuple[TfValue, ...] | None:
    """The elements of a known list, tuple, set, map or object (its values); ``None`` for anything else."""
    match value:
        case Known(value=tuple() as items):
            return items
        case Known(value=TfSet(items=items)):
            return items
        case Known(value=dict() as mapping):
            return tuple(mapping.values())
    return None


def first_unknown(value: TfValue) -> Unknown | None:
    """The value itself where it is unknown, else the first unknown inside it, else ``None``."""
    if isinstance(value, Unknown):
        return value
    for item in elements(value) or ():
        found = first_unknown(item)
        if found is not None:
            return found
    return None


def unknowns(value: TfValue) -> Iterator[Unknown]:
    """The value itself where it is unknown, else every unknown inside it."""
    if isinstance(value, Unknown):
        yield value
    for item in elements(value) or ():
        yield from unknowns(item)


def unknown_length(value: TfValue) -> Unknown | None:
    """The unknown element that leaves the length of a set of several open, as it may be equal to another."""
    match value:
        case Known(value=TfSet(items=items)) if len(items) > 1:
            return first_unknown(value)
    return None


def make_object(attributes: Mapping[str, TfValue]) -> dict[str, TfValue]:
    """An object with its attributes in Terraform's order."""
    return dict(sorted(attributes.items()))


def make_map(items: Mapping[str, TfValue]) -> TfMap:
    """A map with its keys in Terraform's order."""
    return TfMap(sorted(items.items()))


def make_set(items: Iterable[TfValue]) -> TfSet:
    """A set of the items, which have one type: repetitions dropped, in Terraform's iteration order.

    Two unknown elements are kept apart unless they are the same value.
    """
    distinct = {equality_key(item): item for item in items}
    return TfSet(tuple(sorted(distinct.values(), key=_iteration_key)))


def equality_key(value: TfValue) -> Hashable:
    """A key that is equal for equal values of one type, and for no others; lists and tuples are not told apart."""
    if isinstance(value, Unknown):
        return ("unknown", value.of) if value.of is not None and not value.of.many else ("unknown", id(value))
    plain = value.value
    match plain:
        case None:
            return ("null",)
        case bool():
            return ("bool", plain)
        case int() | Decimal():
            return ("number", plain)
        case str():
            return ("string", plain)
        case tuple():
            return ("list", *map(equality_key, plain))
        case TfSet(items=items):
            return ("set", frozenset(map(equality_key, items)))
        case dict():
            return ("map", *((name, equality_key(item)) for name, item in sorted(plain.items())))
    assert_never(plain)


_Order: TypeAlias = tuple[int, int | Decimal, str]


def _iteration_key(value: TfValue) -> _Order:
    """Where cty iterates an element of a set: known before unknown before null; other types by their hash text."""
    match value:
        case Unknown():
            return (1, 0, "")
        case Known(value=None):
            return (2, 0, "")
        case Known(value=int() | Decimal() as number):
            return (0, number, "")
        case Known(value=str() as text):
            return (0, 0, text)
    return (0, 0, _hash_text(value))


def _hash_text(value: TfValue) -> str:
    match value:
        case Unknown():
            return "?"
        case Known(value=None):
            return "~"
        case Known(value=bool() as truth):
            return "T" if truth else "F"
        case Known(value=int() | Decimal() as number):
            return f"{number:.10g}" if isinstance(number, Decimal) else _short_integer(number)
        case Known(value=str() as text):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
            return f'"{escaped}"'
        case Known(value=TfMap() as mapping):
            return "{" + "".join(f'"{name}":{_hash_text(item)};' for name, item in mapping.items()) + "}"
        case Known(value=TfList() as items) | Known(value=TfSet(items=items)):
            return "[" + "".join(f"{_hash_text(item)};" for item in items) + "]"
    return "<" + "".join(f"{_hash_text(item)};" for item in elements(value) or ()) + ">"


def _short_integer(number: int) -> str:
    return str(number) if abs(number) < 10**10 else f"{Decimal(number):.10g}"
