"""Functions on sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import prod

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import convert
from peerlint.terraform.functions.signature import LISTING, ArgumentError, Call, Function, Param, bounded
from peerlint.terraform.types import ANY, SetType, common_element, type_of, unify
from peerlint.terraform.values import (
    EvaluationError,
    TfList,
    TfSet,
    TfValue,
    derived,
    equality_key,
    first_unknown,
    make_set,
    unknown_length,
)

_Operation = Callable[[list[TfValue], list[TfValue]], list[TfValue]]


def _union(left: list[TfValue], right: list[TfValue]) -> list[TfValue]:
    return [*left, *right]


def _intersection(left: list[TfValue], right: list[TfValue]) -> list[TfValue]:
    keys = {equality_key(item) for item in right}
    return [item for item in left if equality_key(item) in keys]


def _difference(left: list[TfValue], right: list[TfValue]) -> list[TfValue]:
    keys = {equality_key(item) for item in right}
    return [item for item in left if equality_key(item) not in keys]


def _combine(operation: _Operation, *, decided: bool) -> Callable[[Call], TfValue]:
    """``decided``: whether the result can be told where an element is unknown."""

    def combine(call: Call) -> TfValue:
        if len(call.args) == 1:
            return call.args[0]
        if unify([type_of(arg) for arg in call.args]) is None:
            raise EvaluationError("given sets must all have compatible element types")
        for arg in call.args:
            unknown = arg if isinstance(arg, Unknown) else first_unknown(arg)
            if unknown is not None and (isinstance(arg, Unknown) or not decided):
                return derived(unknown)
        sets = [list(call.items(index)) for index in range(len(call.args))]
        common = unify([type_of(item) for items in sets for item in items])
        if common is None:
            raise EvaluationError("given sets must all have compatible element types")
        first, *others = [[convert(item, common) for item in items] for items in sets]
        for other in others:
            first = operation(first, other)
        bounded(len(first))
        return Known(make_set(first))

    return combine


def _setproduct(call: Call) -> TfValue:
    if len(call.args) < 2:
        raise EvaluationError("at least two arguments are required")
    columns = []
    for index in range(len(call.args)):
        if not isinstance(call.plain(index), tuple | TfSet):
            raise ArgumentError(index, "a set or a list is required")
        columns.append(_column(call, index))
    for arg in call.args:
        open_set = unknown_length(arg)
        if open_set is not None:
            return derived(open_set)
    bounded(prod(len(column) for column in columns))
    rows = [Known(row) for row in product(*columns)]
    if rows:
        _require_one_type(columns)
    ordered = all(isinstance(call.plain(index), tuple) for index in range(len(call.args)))
    return Known(TfList(rows) if ordered else make_set(rows))


def _column(call: Call, index: int) -> list[TfValue]:
    common = common_element([type_of(item) for item in call.items(index)])
    if common is None:
        raise ArgumentError(index, _MIXED)
    return [convert(item, common) for item in call.items(index)]


def _require_one_type(columns: Sequence[Sequence[TfValue]]) -> None:
    """Elements that a null left as they are end in one list, and so need one type after all."""
    for index, column in enumerate(columns):
        if unify([type_of(item) for item in column]) is None:
            raise ArgumentError(index, _MIXED)


_MIXED = "all elements must be of the same type"

_FIRST = Param("first_set", SetType(ANY), unknown=True)
_OTHERS = Param("other_sets", SetType(ANY), unknown=True)

FUNCTIONS = {
    "setintersection": Function(_combine(_intersection, decided=False), (_FIRST,), _OTHERS, partial=True),
    "setproduct": Function(_setproduct, rest=Param("sets", kinds=LISTING), partial=True),
    "setsubtract": Function(
        _combine(_difference, decided=False),
        (Param("a", SetType(ANY), unknown=True), Param("b", SetType(ANY), unknown=True)),
        partial=True,
    ),
    "setunion": Function(_combine(_union, decided=True), (_FIRST,), _OTHERS, partial=True),
}
