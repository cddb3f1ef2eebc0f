"""Steps into a value: attributes and elements."""

from __future__ import annotations

from decimal import Decimal

from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.convert import to_number, to_string
from peerlint.terraform.objects import OutputsObject, ResourceObject
from peerlint.terraform.types import ObjectType, TupleType, by_name, named, type_of
from peerlint.terraform.values import (
    EvaluationError,
    Plain,
    TfSet,
    TfValue,
    derived,
    element_of,
    element_type,
    elements,
    is_listing,
    is_scalar,
    primitive_of,
)


def attribute_of(value: TfValue, name: str, at: Span) -> TfValue:
    """``value.name``, which is written ``at`` a place. Raises EvaluationError where the value has no such attribute."""
    match value:
        case Unknown() if is_scalar(value) or is_listing(value):
            raise EvaluationError(f"a {value.type or primitive_of(value)} has no attribute `{name}`")
        case Unknown():
            return _inside(value, f".{name}", name)
        case Known(value=ResourceObject() as resource):
            return resource.attribute(name)
        case Known(value=dict() as items) if name in items:
            found: TfValue = items[name]
            return found
        case Known(value=OutputsObject() as outputs):
            raise outputs.missing(name, at)
        case Known(value=None):
            raise EvaluationError(f"a null value has no attribute `{name}`")
        case _:
            raise EvaluationError(f"the value has no attribute `{name}`")


def index_of(value: TfValue, key: TfValue, at: Span) -> TfValue:
    """``value[key]``, which is written ``at`` a place. Raises EvaluationError where there is no such element."""
    if isinstance(value, Unknown):
        if is_scalar(value):
            raise EvaluationError(f"a {primitive_of(value)} has no elements")
        if is_listing(value) and not _may_be_index(value, key):
            raise EvaluationError(f"a {value.type} has no such element")
        if isinstance(key, Known) and isinstance(key.value, str):
            return _inside(value, f'["{key.value}"]', key.value)
        if isinstance(key, Known) and isinstance(key.value, int) and value.why is Why.VARIABLE:
            return _inside(value, f"[{key.value}]", key.value)
        return replace(element_of(value), type=_part_type(value, key.value if isinstance(key, Known) else None))
    if isinstance(key, Unknown):
        return _any_element(value, key)
    match value.value, key.value:
        case ResourceObject() as resource, str() as name:
            return resource.attribute(name)
        case dict() as items, str() as name if name in items:
            element: TfValue = items[name]
            return element
        case OutputsObject() as outputs, str() as name:
            raise outputs.missing(name, at)
        case dict(), bool() | int() | Decimal():
            return index_of(value, to_string(key), at)
        case tuple() as items, _:
            return _item(items, to_index(key.value))
        case None, _:
            raise EvaluationError("a null value has no elements")
        case _:
            raise EvaluationError(f"the value has no element {key.value!r}")


def _may_be_index(items: Unknown, key: TfValue) -> bool:
    """Whether a list, set or tuple that is not known may have an element at that key, which no set has.

    Raises EvaluationError where the key is no number.
    """
    if items.type.startswith("set("):
        return False
    number = to_number(key)
    return isinstance(number, Unknown) or to_index(number.value) >= 0


def to_index(key: Plain) -> int:
    """A list index out of a number or its text. Raises EvaluationError for anything else."""
    if isinstance(key, str) and key.isdigit():
        return int(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return key
    raise EvaluationError(f"{key!r} is not a list index")


def _item(items: tuple[TfValue, ...], index: int) -> TfValue:
    if 0 <= index < len(items):
        return items[index]
    raise EvaluationError(f"the list has {len(items)} elements and none at index {index}")


def _any_element(value: Known[Plain], key: Unknown) -> TfValue:
    """The element at an unknown key: unknown even where all are the same, as there may be none at that key."""
    if elements(value) is None or isinstance(value.value, TfSet):
        raise EvaluationError("the value has no elements that can be asked for")
    to_string(key) if isinstance(value.value, dict) else to_number(key)
    return replace(derived(key), type=element_type(named(type_of(value))))


def _inside(unknown: Unknown, step: str, key: str | int) -> Unknown:
    """A part of an unknown value: the identity grows by the step."""
    inner = _part_type(unknown, key)
    if unknown.of is None:
        return replace(derived(unknown), type=inner)
    of = unknown.of
    attribute = of.attribute + step if of.attribute or step.startswith("[") else step.removeprefix(".")
    return Unknown(unknown.why, of=replace(of, attribute=attribute), detail=unknown.detail, type=inner)


def _part_type(unknown: Unknown, key: Plain) -> str:
    """The type of what is at a key of an unknown; empty where that is open.

    Raises EvaluationError where its type has nothing there.
    """
    match by_name(unknown.type):
        case ObjectType(attributes=attributes) if isinstance(key, str):
            if key not in attributes:
                raise EvaluationError(f"the value has no attribute `{key}`")
            return named(attributes[key].type)
        case TupleType(items=items) if key is not None:
            index = to_index(key)
            if not 0 <= index < len(items):
                raise EvaluationError(f"the tuple has {len(items)} elements and none at index {index}")
            return named(items[index])
    return element_type(unknown.type)
