"""What a conditional makes of its two arms: one type for both, and what is known where the condition is not.

https://developer.hashicorp.com/terraform/language/expressions/conditionals#result-types
"""

from __future__ import annotations

from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.convert import convert, to_bool
from peerlint.terraform.identity import identified
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.refinements import Bounds, bounds_of
from peerlint.terraform.types import STRING, AnyType, TypeConstraint, named, type_of, unify
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    Plain,
    TfList,
    TfMap,
    TfValue,
    derived,
    is_present,
)


def truth(value: Known[Plain]) -> bool:
    """Whether a condition holds. Raises EvaluationError for what is no bool and cannot be one."""
    answer = to_bool(value)
    if isinstance(answer, Known) and isinstance(answer.value, bool):
        return answer.value
    raise EvaluationError("a condition must be true or false")


def needs_other(taken: TfValue) -> bool:
    """Whether the arm that is not taken can change the one that is: never a null, a string or what may be one."""
    if isinstance(taken, Unknown):
        return not isinstance(type_of(taken), AnyType) and type_of(taken) != STRING
    return not (taken.value is None or isinstance(taken.value, str | ResourceObject))


def as_one_type(taken: TfValue, other: TfValue) -> TfValue:
    """The arm that is taken, in the type that both have in common. Raises EvaluationError where there is none."""
    kind = _common(taken, other)
    if kind is not None:
        return convert(taken, kind)
    of_no_told_type = isinstance(other, Unknown) and isinstance(type_of(other), AnyType)
    return replace(taken, type="") if isinstance(taken, Unknown) and of_no_told_type else taken


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


def of_type_beside_null(expr: ast.Conditional, then: TfValue, otherwise: TfValue, result: TfValue) -> TfValue:
    """The result of an undecided conditional, which has the type of one arm where the other is the word ``null``."""
    if not isinstance(result, Unknown) or result.type:
        return result
    for arm, value in ((expr.then, otherwise), (expr.otherwise, then)):
        if is_null_literal(arm):
            return replace(result, type=named(type_of(value)))
    return result


def is_null_literal(expr: ast.Expr) -> bool:
    """Whether it is the word ``null``, which takes the type that it is put beside."""
    return isinstance(expr, ast.Literal) and expr.value is None


def type_of_failure(expr: ast.Expr) -> TfValue:
    """What an expression lends its type by that fails: an operation and a text have one all the same; else null."""
    match expr:
        case ast.Binary(operator="+" | "-" | "*" | "/" | "%") | ast.Unary(operator="-"):
            return Unknown(Why.UNSUPPORTED, type="number")
        case ast.Binary() | ast.Unary():
            return Unknown(Why.UNSUPPORTED, type="bool")
        case ast.Template(wrapped=None):
            return Unknown(Why.UNSUPPORTED, type="string")
    return NULL


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
    kinds = type_of(then), type_of(otherwise)
    result = replace(
        derived(condition),
        type=named(kinds[0]) if kinds[0] == kinds[1] else "",
        not_null=_is_present(then) and _is_present(otherwise),
        bounds=_bounds(then, otherwise),
    )
    return identified("?:", (condition, then, otherwise), result)


def _is_present(value: TfValue) -> bool:
    return is_present(value) if isinstance(value, Unknown) else value.value is not None


def _bounds(then: TfValue, otherwise: TfValue) -> Bounds | None:
    left, right = bounds_of(then), bounds_of(otherwise)
    if left is None or right is None:
        return None
    return min(left[0], right[0]), max(left[1], right[1])
