"""Terraform's type conversions (https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion).

An unknown value stays the same unknown: it is the value that it was, whatever type it is read as. Only what is
certainly text becomes another value as a number or bool, which not every text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, localcontext
from typing import assert_never

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.types import (
    BOOL,
    NUMBER,
    STRING,
    AnyType,
    AsWritten,
    Attribute,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    TypeConstraint,
    friendly_name,
    holds_any,
    named,
    type_of,
    unify,
)
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    Plain,
    TfList,
    TfSet,
    TfValue,
    derived,
    derived_as,
    element_of,
    is_null,
    is_present,
    is_structural,
    make_map,
    make_object,
    make_set,
    primitive_of,
    unknown_length,
)

PRECISION = 155
"""Significant decimal digits: what Terraform's 512-bit floating point holds."""

MAX_DIGITS = 4_000
"""Numbers of more decimal digits than this are not evaluated; Python writes an ``int`` of at most 4,300."""

ENORMOUS = Unknown(Why.UNSUPPORTED, detail=f"a number of more than {MAX_DIGITS:,} digits")
"""What such a number is."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
_INFINITY = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)


def arithmetic() -> Context:
    """The decimal context in which numbers are computed."""
    return Context(prec=PRECISION, Emax=MAX_DIGITS * 10, Emin=-MAX_DIGITS * 10)


def number(value: int | Decimal) -> TfValue:
    """The number as a value: ``int`` where it is integral; not evaluated where it is infinite or enormous."""
    if isinstance(value, int):
        return Known(value) if value.bit_length() < MAX_DIGITS * 3.32 else ENORMOUS
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        return ENORMOUS if value else Known(0)
    with localcontext(arithmetic()):
        rounded = +value
    return Known(int(rounded)) if rounded == rounded.to_integral_value() else Known(rounded.normalize())


def number_text(value: int | Decimal) -> str:
    """The number as Terraform writes it in a string: all digits, no exponent."""
    return str(value) if isinstance(value, int) else f"{value:f}"


def to_string(value: TfValue) -> TfValue:
    """The value as a string; null stays null. Raises EvaluationError where it is not primitive."""
    match value:
        case Unknown() if is_structural(value):
            raise EvaluationError("string required")
        case Unknown() if primitive_of(value) in ("number", "bool"):
            return _converted(value, "string")
        case Unknown() | Known(value=None) | Known(value=str()):
            return value
        case Known(value=bool() as truth, at=at):
            return Known("true" if truth else "false", at)
        case Known(value=int() | Decimal() as amount, at=at):
            return Known(number_text(amount), at)
    raise EvaluationError("string required")


def to_number(value: TfValue) -> TfValue:
    """The value as a number; null stays null. Raises EvaluationError where Terraform finds no number in it."""
    match value:
        case Known(value=bool()):
            raise EvaluationError("number required")
        case Unknown() if primitive_of(value) == "string":
            return _converted(value, "number")
        case Unknown() if primitive_of(value) == "bool" or is_structural(value):
            raise EvaluationError("number required")
        case Unknown() | Known(value=None) | Known(value=int() | Decimal()):
            return value
        case Known(value=str() as text, at=at):
            if _INFINITY.fullmatch(text):
                return Unknown(Why.UNSUPPORTED, source=text, at=at)
            if not _NUMBER.fullmatch(text):
                raise EvaluationError("a number is required")
            parsed = number(Decimal(text))
            return Known(parsed.value, at) if isinstance(parsed, Known) else parsed
    raise EvaluationError("number required")


def to_bool(value: TfValue) -> TfValue:
    """The value as a bool; null stays null. Raises EvaluationError where it writes no bool."""
    match value:
        case Unknown() if primitive_of(value) == "string":
            return _converted(value, "bool")
        case Unknown() if primitive_of(value) == "number" or is_structural(value):
            raise EvaluationError("bool required")
        case Unknown() | Known(value=None) | Known(value=bool()):
            return value
        case Known(value="true" | "1", at=at):
            return Known(True, at)
        case Known(value="false" | "0", at=at):
            return Known(False, at)
        case Known(value=str() as text):
            if text.lower() in ("true", "false"):
                raise EvaluationError(f'a bool is required; to convert from string, use lowercase "{text.lower()}"')
            raise EvaluationError("a bool is required")
    raise EvaluationError("bool required")


def _converted(value: Unknown, name: str) -> Unknown:
    return replace(derived(value), type=name, not_null=is_present(value))


_PRIMITIVES = {STRING: to_string, NUMBER: to_number, BOOL: to_bool}


def convert(value: TfValue, kind: TypeConstraint) -> TfValue:
    """The value as that type, with the defaults of ``optional()`` filled in and unnamed attributes dropped.

    Raises EvaluationError, naming the element or attribute, where Terraform has no such conversion.
    """
    if isinstance(value, Unknown):
        return _unknown(value, kind)
    if value.value is None:
        return value
    match kind:
        case AnyType() | AsWritten():
            return value
        case Primitive():
            return _PRIMITIVES[kind](value)
        case ListType(element=element):
            converted: TfValue = Known(TfList(_alike(_convert_items(value, kind), element)), value.at)
            open_set = unknown_length(value)
            return converted if open_set is None else derived_as(named(type_of(converted)), open_set)
        case SetType(element=element):
            return Known(make_set(_alike(_convert_items(value, kind), element)), value.at)
        case MapType() if isinstance(value.value, ResourceObject):
            return value
        case MapType(element=element):
            return Known(_to_map(_mapping(value, kind), element), value.at)
        case ObjectType(attributes=attributes):
            return Known(_to_object(_mapping(value, kind), attributes), value.at)
        case TupleType(items=items):
            return Known(_to_tuple(value, items), value.at)
    assert_never(kind)


def _unknown(value: Unknown, kind: TypeConstraint) -> TfValue:
    """An unknown of a type that is told gets the type that it is converted to."""
    match type_of(value), kind:
        case AnyType() | Primitive(), Primitive():
            return _PRIMITIVES[kind](value)
        case (AnyType(), _) | (_, AnyType() | AsWritten()):
            return value
        case ListType() | SetType(), ListType() | SetType():
            return _unknown_collection(value, kind)
        case MapType(), MapType():
            return _unknown_collection(value, kind)
        case MapType(), ObjectType():
            return replace(value, type="")
        case (TupleType() | ObjectType()) as told, _:
            return _unknown_structure(value, told, kind)
    raise EvaluationError(f"{friendly_name(kind)} required")


def _unknown_collection(value: Unknown, kind: ListType | SetType | MapType) -> Unknown:
    element = convert(element_of(value), kind.element)
    told = type_of(element) if holds_any(kind.element) else kind.element
    return replace(value, type=named(type(kind)(told)))


def _unknown_structure(value: Unknown, told: TupleType | ObjectType, kind: TypeConstraint) -> Unknown:
    try:
        like = convert(_of_unknowns(told), kind)
    except EvaluationError:
        if not holds_any(told):
            raise
        return replace(value, type="")  # a part of a type that is not told may be of any
    return replace(value, type=named(type_of(like)))


def _of_unknowns(kind: TupleType | ObjectType) -> TfValue:
    """A value of the type of which every part is unknown."""
    if isinstance(kind, TupleType):
        return Known(tuple(map(_some, kind.items)))
    return Known({name: _some(attribute.type) for name, attribute in kind.attributes.items()})


def _some(kind: TypeConstraint) -> Unknown:
    return Unknown(Why.COMPUTED, type=named(kind))


def _sequence(value: Known[Plain], kind: TypeConstraint) -> tuple[TfValue, ...]:
    match value.value:
        case tuple() as items:
            return items
        case TfSet(items=items):
            return items
    raise EvaluationError(f"{friendly_name(kind)} required")


def _mapping(value: Known[Plain], kind: TypeConstraint) -> dict[str, TfValue]:
    if isinstance(value.value, dict):
        return value.value
    raise EvaluationError(f"{friendly_name(kind)} required")


def _convert_items(value: Known[Plain], kind: ListType | SetType) -> list[TfValue]:
    items = _sequence(value, kind)
    return [_convert_inside(item, kind.element, f"element {index}") for index, item in enumerate(items)]


def _convert_inside(value: TfValue, kind: TypeConstraint, place: str) -> TfValue:
    try:
        return convert(value, kind)
    except EvaluationError as error:
        raise EvaluationError(f"{place}: {error}") from None


def _alike(items: list[TfValue], element: TypeConstraint) -> Iterable[TfValue]:
    """The elements of one collection, in the type that they have in common where ``any`` asks for one."""
    if not holds_any(element):
        return items
    common = unify([type_of(item) for item in items])
    if common is None:
        raise EvaluationError("all elements must have the same type")
    return [convert(item, common) for item in items]


def _to_map(mapping: dict[str, TfValue], element: TypeConstraint) -> dict[str, TfValue]:
    converted = [_convert_inside(item, element, f"element {name!r}") for name, item in mapping.items()]
    return make_map(dict(zip(mapping, _alike(converted, element), strict=True)))


def _to_object(mapping: dict[str, TfValue], attributes: Mapping[str, Attribute]) -> dict[str, TfValue]:
    if isinstance(mapping, ResourceObject):
        mapping = {name: mapping.attribute(name) for name in attributes}
    missing = sorted(name for name, each in attributes.items() if not each.optional and name not in mapping)
    if missing:
        plural = "attribute" if len(missing) == 1 else "attributes"
        verb = "is" if len(missing) == 1 else "are"
        names = ", ".join(f'"{name}"' for name in missing)
        raise EvaluationError(f"{plural} {names} {verb} required")
    return make_object(
        {
            name: _convert_inside(_or_default(mapping.get(name, NULL), each), each.type, f'attribute "{name}"')
            for name, each in attributes.items()
        }
    )


def _or_default(value: TfValue, attribute: Attribute) -> TfValue:
    return attribute.default if attribute.default is not None and is_null(value) else value


def _to_tuple(value: Known[Plain], kinds: tuple[TypeConstraint, ...]) -> tuple[TfValue, ...]:
    items = _sequence(value, TupleType(kinds))
    if len(items) != len(kinds):
        raise EvaluationError(f"tuple of {len(kinds)} elements required, got {len(items)}")
    pairs = enumerate(zip(items, kinds, strict=True))
    return tuple(_convert_inside(item, kind, f"element {index}") for index, (item, kind) in pairs)
