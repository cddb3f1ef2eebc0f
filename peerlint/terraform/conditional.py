"""What a conditional makes of its two arms: one type for both, and what is known where the condition is not.

https://developer.hashicorp.com/terraform/language/expressions/conditionals#result-types
"""

from __future__ import annotations

from dataclasses import replace

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import convert
from peerlint.terraform.identity import identified
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.refinements import Bounds, bounds_of
from peerlint.terraform.types import AnyType, TypeConstraint, type_of, unify
from peerlint.terraform.values import (
    EvaluationError,
    TfList,
    TfMap,
    TfValue,
    derived,
    derived_as,
    primitive_name,
    primitive_of,
)


def needs_other(taken: TfValue) -> bool:
    """Whether the arm that is not taken can change the one that is: never a null, a string or what may be one."""
    if isinstance(taken, Unknown):
        return primitive_of(taken) in ("number", "bool")
    return not (taken.value is None or isinstance(taken.value, str | ResourceObject))


def as_one_type(taken: TfValue, other: TfValue) -> TfValue:
    """The arm that is taken, in the type that both have in common. Raises EvaluationError where there is none."""
    kind = _common(taken, other)
    return taken if kind is None else convert(taken, kind)


def _common(left: TfValue, right: TfValue) -> TypeConstraint | None:
    """The common type; ``None`` where nothing is converted."""
    kinds = type_of(left), type_of(right)
    if any(isinstance(kind, AnyType) for kind in kinds) or kinds[0] == kinds[1]:
        return None
    kind = unify(kinds)
    if kind is None:
        raise EvaluationError("the two results of a conditional have no type in common")
    return kind


def undecided(condition: Unknown, then: TfValue, otherwise: TfValue) -> TfValue:
    """The result under an unknown condition: what both arms agree on, part by part, and unknown where they differ.

    An arm that cannot be converted to their common type is an error only once it is taken.
    """
    kind = _common(then, otherwise)
    if kind is not None:
        try:
            then, otherwise = convert(then, kind), convert(otherwise, kind)
        except EvaluationError:
            return identified("?:", (condition, then, otherwise), derived(condition))
    return _merged(condition, then, otherwise)


def _merged(condition: Unknown, then: TfValue, otherwise: TfValue) -> TfValue:
    if then == otherwise and not (isinstance(then, Unknown) and (then.of is None or then.of.many)):
        return then
    match then, otherwise:
        case (Known(value=ResourceObject()), _) | (_, Known(value=ResourceObject())):
            pass
        case Known(value=tuple() as left), Known(value=tuple() as right) if len(left) == len(right):
            items = (_merged(condition, a, b) for a, b in zip(left, right, strict=True))
            return Known(TfList(items) if isinstance(left, TfList) else tuple(items), then.at)
        case Known(value=dict() as left), Known(value=dict() as right) if left.keys() == right.keys():
            entries = {name: _merged(condition, left[name], right[name]) for name in left}
            return Known(TfMap(entries) if isinstance(left, TfMap) else entries, then.at)
    result = replace(derived_as(_shared_primitive(then, otherwise), condition), bounds=_bounds(then, otherwise))
    return identified("?:", (condition, then, otherwise), result)


def _shared_primitive(then: TfValue, otherwise: TfValue) -> str:
    """The primitive type that both certainly have; empty where one may have another one, or be null."""
    ours, theirs = map(_primitive, (then, otherwise))
    return ours if ours == theirs else ""


def _primitive(value: TfValue) -> str:
    return primitive_of(value) if isinstance(value, Unknown) else primitive_name(value.value)


def _bounds(then: TfValue, otherwise: TfValue) -> Bounds | None:
    left, right = bounds_of(then), bounds_of(otherwise)
    if left is None or right is None:
        return None
    return min(left[0], right[0]), max(left[1], right[1])
