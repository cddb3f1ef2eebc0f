"""Functions that change a value's type, choose a value, or mark it."""

from __future__ import annotations

from collections.abc import Callable

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import convert
from peerlint.terraform.functions.signature import Call, Function, Param
from peerlint.terraform.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    AnyType,
    ListType,
    MapType,
    SetType,
    TypeConstraint,
    type_of,
    unify,
)
from peerlint.terraform.values import EvaluationError, TfValue, derived, is_null


def _to(kind: TypeConstraint) -> Callable[[Call], TfValue]:
    return lambda call: convert(call.args[0], kind)


def _same(call: Call) -> TfValue:
    return call.args[0]


def _coalesce(call: Call) -> TfValue:
    common = unify([type_of(arg) for arg in call.args])
    if common is None:
        return _of_no_told_type(call)
    converted = [candidate for arg in call.args if (candidate := _converted(arg, common)) is not None]
    candidates = [candidate for candidate in converted if not is_null(candidate) and candidate != Known("")]
    if not candidates:
        raise EvaluationError("no non-null, non-empty-string arguments")
    first = candidates[0]
    return derived(first) if isinstance(first, Unknown) and len(candidates) > 1 else first


def _converted(arg: TfValue, common: TypeConstraint) -> TfValue | None:
    """The argument in the common type; one that cannot be converted is passed over, as cty does."""
    try:
        return convert(arg, common)
    except EvaluationError:
        return None


def _of_no_told_type(call: Call) -> TfValue:
    """What arguments of different types give: nothing is refused while the type of one of them is not told."""
    untold = next((arg for arg in call.args if isinstance(type_of(arg), AnyType)), None)
    if untold is None:
        raise EvaluationError("all arguments must have the same type")
    return derived(untold) if isinstance(untold, Unknown) else Unknown(Why.UNSUPPORTED)


def _issensitive(call: Call) -> TfValue:
    """Sensitivity is not followed."""
    return Unknown(Why.UNSUPPORTED)


_V = Param("v", nullable=True, unknown=True)
_VALUE = Param("value", nullable=True, unknown=True)

FUNCTIONS = {
    "coalesce": Function(_coalesce, rest=Param("vals", nullable=True, unknown=True), partial=True),
    "ephemeralasnull": Function(_same, (_VALUE,), partial=True),
    "issensitive": Function(_issensitive, (_VALUE,), partial=True),
    "nonsensitive": Function(_same, (_VALUE,), partial=True),
    "sensitive": Function(_same, (_VALUE,), partial=True),
    "tobool": Function(_to(BOOL), (_V,), partial=True),
    "tolist": Function(_to(ListType(ANY)), (_V,), partial=True),
    "tomap": Function(_to(MapType(ANY)), (_V,), partial=True),
    "tonumber": Function(_to(NUMBER), (_V,), partial=True),
    "toset": Function(_to(SetType(ANY)), (_V,), partial=True),
    "tostring": Function(_to(STRING), (_V,), partial=True),
}
