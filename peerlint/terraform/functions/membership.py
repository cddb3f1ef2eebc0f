"""Functions that ask what is in a list or set."""

from __future__ import annotations

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import convert
from peerlint.terraform.functions.signature import LISTING, SEQUENCE, ArgumentError, Call, Function, Param
from peerlint.terraform.operators import equal
from peerlint.terraform.types import ANY, BOOL, ListType, type_of, unify
from peerlint.terraform.values import EvaluationError, TfList, TfSet, TfValue, derived, equality_key, first_unknown


def _contains(call: Call) -> TfValue:
    plain = call.plain(0)
    if not isinstance(plain, tuple | TfSet):
        raise ArgumentError(0, "argument must be list, tuple, or set")
    undecided: Unknown | None = None
    for item in call.items(0):
        answer = equal(call.args[1], item)
        if isinstance(answer, Unknown):
            undecided = undecided or answer
        elif answer.value is True:
            return answer
    return undecided or Known(False)


def _index(call: Call) -> TfValue:
    plain = call.plain(0)
    if not isinstance(plain, tuple):
        raise ArgumentError(0, "argument must be a list or tuple")
    if not plain:
        raise EvaluationError("cannot search an empty list")
    for position, item in enumerate(plain):
        answer = equal(item, call.args[1])
        if isinstance(answer, Unknown):
            return answer
        if answer.value is True:
            return Known(position)
    raise EvaluationError("item not found")


def _matchkeys(call: Call) -> TfValue:
    values, keys, searchset = call.items(0), call.items(1), call.items(2)
    if len(values) != len(keys):
        raise EvaluationError("length of keys and values should be equal")
    if not searchset:
        return Known(TfList())
    unknown = first_unknown(call.args[1]) or first_unknown(call.args[2])
    if unknown is not None:
        return derived(unknown)
    common = unify([type_of(item) for item in (*keys, *searchset)])
    if common is None:
        raise EvaluationError("keys and searchset must be of the same type")
    wanted = {equality_key(convert(item, common)) for item in searchset}
    return Known(TfList(v for v, key in zip(values, keys, strict=True) if equality_key(convert(key, common)) in wanted))


def _alltrue(call: Call) -> TfValue:
    return _decide(call, decisive=False)


def _anytrue(call: Call) -> TfValue:
    return _decide(call, decisive=True)


def _decide(call: Call, decisive: bool) -> TfValue:
    """``decisive`` where one element is, else the opposite; null counts as false."""
    items = call.items(0)
    if any(isinstance(item, Known) and bool(item.value) is decisive for item in items):
        return Known(decisive)
    for item in items:
        if isinstance(item, Unknown):
            return derived(item)
    return Known(not decisive)


_BOOLS = Param("list", ListType(BOOL))
_VALUE = Param("value", unknown=True)

FUNCTIONS = {
    "alltrue": Function(_alltrue, (_BOOLS,), partial=True),
    "anytrue": Function(_anytrue, (_BOOLS,), partial=True),
    "contains": Function(_contains, (Param("list", kinds=LISTING), _VALUE), partial=True),
    "index": Function(_index, (Param("list", kinds=SEQUENCE), _VALUE), partial=True),
    "matchkeys": Function(
        _matchkeys,
        (Param("values", ListType(ANY)), Param("keys", ListType(ANY)), Param("searchset", ListType(ANY))),
        partial=True,
    ),
}
