"""Steps into a value: attributes and elements."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.terraform.convert import to_string
from peerlint.terraform.objects import OutputsObject, ResourceObject
from peerlint.terraform.values import (
    EvaluationError,
    Plain,
    TfSet,
    TfValue,
    derived,
    element_of,
    elements,
    is_scalar,
    primitive_of,
)


def attribute_of(value: TfValue, name: str, at: Span) -> TfValue:
    """``value.name``, which is written ``at`` a place. Raises EvaluationError where the value has no such attribute."""
    match value:
        case Unknown() if is_scalar(value):
            raise EvaluationError(f"a {primitive_of(value)} has no attribute `{name}`")
        case Unknown():
            return _inside(value, f".{name}")
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
        if isinstance(key, Known) and isinstance(key.value, str):
            return _inside(value, f'["{key.value}"]')
        if isinstance(key, Known) and isinstance(key.value, int) and value.why is Why.VARIABLE:
            return _inside(value, f"[{key.value}]")
        return element_of(value)
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
    return derived(key)


def _inside(unknown: Unknown, step: str) -> Unknown:
    """A part of an unknown value: the identity grows by the step."""
    if unknown.of is None:
        return derived(unknown)
    of = unknown.of
    attribute = of.attribute + step if of.attribute or step.startswith("[") else step.removeprefix(".")
    return Unknown(unknown.why, of=replace(of, attribute=attribute), detail=unknown.detail)
