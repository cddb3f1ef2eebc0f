"""The operators of HCL (https://developer.hashicorp.com/terraform/language/expressions/operators)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal, localcontext

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import arithmetic, number, to_bool, to_number
from peerlint.terraform.refinements import apart, bounds_of, bounds_of_size, differs, overlapping
from peerlint.terraform.types import type_of
from peerlint.terraform.values import (
    EvaluationError,
    Plain,
    TfSet,
    TfValue,
    derived_as,
    elements,
    equality_key,
    first_unknown,
    is_null,
    is_number,
)


def binary(op: str, left: TfValue, right: TfValue) -> TfValue:
    """The result of ``left op right``. Raises EvaluationError where Terraform reports an error."""
    if op == "==":
        return equal(left, right)
    if op == "!=":
        return unary("!", equal(left, right))
    if op in ("&&", "||"):
        return _logical(op, _operand(left, to_bool, "left operand"), _operand(right, to_bool, "right operand"))
    if op not in _ARITHMETIC and op not in _COMPARISONS:
        raise EvaluationError(f"there is no operator {op}")
    first, second = _operand(left, to_number, "left operand"), _operand(right, to_number, "right operand")
    primitive = "bool" if op in _COMPARISONS else "number"
    if isinstance(first, Unknown):
        return _compared(op, first, second) or derived_as(primitive, first)
    if isinstance(second, Unknown):
        return _compared(op, first, second) or derived_as(primitive, second)
    a, b = _amount(first.value), _amount(second.value)
    if op in _COMPARISONS:
        return Known(_COMPARISONS[op](a, b))
    return _ARITHMETIC[op](a, b)


def _compared(op: str, left: TfValue, right: TfValue) -> Known[Plain] | None:
    """The answer to a comparison that has the same one for every number that the two can be."""
    ours, theirs = bounds_of(left), bounds_of(right)
    if op not in _COMPARISONS or ours is None or theirs is None:
        return None
    answers = {_COMPARISONS[op](a, b) for a in ours for b in theirs}
    return Known(answers.pop()) if len(answers) == 1 else None


def unary(op: str, value: TfValue) -> TfValue:
    """The result of ``-value`` or ``!value``. Raises EvaluationError where Terraform reports an error."""
    if op not in ("!", "-"):
        raise EvaluationError(f"there is no operator {op}")
    operand = _operand(value, to_bool if op == "!" else to_number, "unary operand")
    if isinstance(operand, Unknown):
        return derived_as("bool" if op == "!" else "number", operand)
    return Known(not operand.value) if op == "!" else number(-_amount(operand.value))


def _operand(value: TfValue, conversion: Callable[[TfValue], TfValue], place: str) -> TfValue:
    try:
        converted = conversion(value)
    except EvaluationError as error:
        raise EvaluationError(f"unsuitable value for {place}: {error}") from None
    if is_null(converted):
        raise EvaluationError(f"unsuitable value for {place}: it must not be null")
    return converted


def _amount(plain: Plain) -> int | Decimal:
    if isinstance(plain, int | Decimal) and not isinstance(plain, bool):
        return plain
    raise EvaluationError("number required")


def _logical(op: str, left: TfValue, right: TfValue) -> TfValue:
    decisive = op == "||"
    for side in (left, right):
        if isinstance(side, Known) and side.value is decisive:
            return Known(decisive)
    for side in (left, right):
        if isinstance(side, Unknown):
            return derived_as("bool", side)
    return Known(not decisive)


def _divide(a: int | Decimal, b: int | Decimal) -> TfValue:
    if b == 0:
        if a == 0:
            raise EvaluationError("can't divide zero by zero")
        return Unknown(Why.UNSUPPORTED)
    if isinstance(a, int) and isinstance(b, int) and a % b == 0:
        return number(a // b)
    with localcontext(arithmetic()):
        return number(Decimal(a) / Decimal(b))


def _remainder(a: int | Decimal, b: int | Decimal) -> TfValue:
    """What truncated division leaves: the sign is the dividend's. By zero it is the dividend, as cty has it."""
    if b == 0:
        return number(a)
    if isinstance(a, int) and isinstance(b, int):
        rest = abs(a) % abs(b)
        return number(-rest if a < 0 else rest)
    with localcontext(arithmetic()):
        quotient = (Decimal(a) / Decimal(b)).to_integral_value(rounding=ROUND_DOWN)
        return number(Decimal(a) - quotient * Decimal(b))


def _exact(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[int | Decimal, int | Decimal], TfValue]:
    def compute(a: int | Decimal, b: int | Decimal) -> TfValue:
        with localcontext(arithmetic()):
            return number(operation(Decimal(a), Decimal(b)))

    return compute


_ARITHMETIC: dict[str, Callable[[int | Decimal, int | Decimal], TfValue]] = {
    "+": _exact(lambda a, b: a + b),
    "-": _exact(lambda a, b: a - b),
    "*": _exact(lambda a, b: a * b),
    "/": _divide,
    "%": _remainder,
}

_COMPARISONS: dict[str, Callable[[int | Decimal, int | Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def equal(left: TfValue, right: TfValue) -> TfValue:
    """Whether the two are equal, as ``==`` has it: never converted, so that ``"1" == 1`` is false; never an error.

    A value is equal to itself even where it is unknown; otherwise an unknown leaves the question open unless another
    part of the two differs.
    """
    if isinstance(left, Unknown):
        itself = isinstance(right, Unknown) and left.of is not None and left.of == right.of and not left.of.many
        if differs(left, right.value) if isinstance(right, Known) else apart(left, right):
            return Known(False)
        return Known(True) if itself else derived_as("bool", left)
    if isinstance(right, Unknown):
        return Known(False) if differs(right, left.value) else derived_as("bool", right)
    return _equal_plain(left.value, right.value)


def _equal_plain(left: Plain, right: Plain) -> TfValue:
    if left is None or right is None:
        return Known(left is right)
    if is_number(left) and is_number(right):
        return Known(left == right)
    if type(left) is not type(right):
        return Known(False)
    match left, right:
        case (dict(), dict()):
            if left.keys() != right.keys():
                return Known(False)
            return _all_equal([(left[name], right[name]) for name in left])
        case (tuple(), tuple()):
            if len(left) != len(right):
                return Known(False)
            return _all_equal(list(zip(left, right, strict=True)))
        case (TfSet(), TfSet()):
            return _equal_sets(left, right)
    return Known(left == right)


def _all_equal(pairs: Sequence[tuple[TfValue, TfValue]]) -> TfValue:
    undecided: Unknown | None = None
    for left, right in pairs:
        answer = equal(left, right)
        if isinstance(answer, Unknown):
            undecided = undecided or answer
        elif answer.value is False:
            return answer
    return undecided or Known(True)


def _equal_sets(left: TfSet, right: TfSet) -> TfValue:
    sizes = bounds_of_size(left), bounds_of_size(right)
    if not overlapping(*sizes):
        return Known(False)
    one, other = Known(left), Known(right)
    unknown = first_unknown(one) or first_unknown(other)
    if unknown is not None:
        return derived_as("bool", unknown)
    return Known(equality_key(one) == equality_key(other) and _same_types(one, other))


def _same_types(left: Known[TfSet], right: Known[TfSet]) -> bool:
    return not elements(left) or type_of(left) == type_of(right)
