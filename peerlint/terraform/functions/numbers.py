"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from peerlint.network.values import Known
from peerlint.terraform.convert import ENORMOUS, number, to_number
from peerlint.terraform.functions.signature import LISTING, ArgumentError, Call, Function, Param
from peerlint.terraform.operators import binary
from peerlint.terraform.types import NUMBER, Primitive
from peerlint.terraform.values import EvaluationError, TfSet, TfValue, is_null

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _abs(call: Call) -> TfValue:
    amount = call.amount(0)
    return number(-amount if amount < 0 else amount)


def _round(direction: str) -> Callable[[Call], TfValue]:
    def rounded(call: Call) -> TfValue:
        return number(int(Decimal(call.amount(0)).to_integral_value(rounding=direction)))

    return rounded


def _max(call: Call) -> TfValue:
    return number(max(_amounts(call)))


def _min(call: Call) -> TfValue:
    return number(min(_amounts(call)))


def _amounts(call: Call) -> list[int | Decimal]:
    if not call.args:
        raise EvaluationError("must pass at least one number")
    return [call.amount(index) for index in range(len(call.args))]


def _sum(call: Call) -> TfValue:
    if not isinstance(call.plain(0), tuple | TfSet):
        raise ArgumentError(0, "argument must be list, set, or tuple")
    if not call.items(0):
        raise ArgumentError(0, "cannot sum an empty list")
    total: TfValue = Known(0)
    for item in call.items(0):
        if is_null(item):
            raise ArgumentError(0, "argument must be list, set, or tuple of number values")
        total = binary("+", total, to_number(item))
    return total


def _floating(operation: Callable[[float, float], float]) -> Callable[[Call], TfValue]:
    """Terraform computes these in 64-bit floating point."""

    def compute(call: Call) -> TfValue:
        try:
            result = operation(float(call.amount(0)), float(call.amount(1)))
        except (ValueError, ZeroDivisionError, OverflowError):
            return _infinite(call)
        return number(int(result) if result.is_integer() else Decimal(repr(result)))

    return compute


def _infinite(call: Call) -> TfValue:
    """What has no finite result: of zero and of large numbers it is infinite, of negative ones there is none."""
    if call.amount(0) < 0:
        raise EvaluationError("the result is not a number")
    return ENORMOUS


def _signum(call: Call) -> TfValue:
    whole = call.integer(0)
    return Known((whole > 0) - (whole < 0))


def _parseint(call: Call) -> TfValue:
    plain, base = call.plain(0), call.integer(1)
    if not isinstance(plain, str):
        raise ArgumentError(0, "first argument must be a string")
    if not 2 <= base <= 62:
        raise ArgumentError(1, "base must be a whole number between 2 and 62 inclusive")
    digits = plain[1:] if plain[:1] in ("+", "-") else plain
    values = [_DIGITS.find(digit if base > 36 else digit.lower()) for digit in digits]
    if not values or any(not 0 <= value < base for value in values):
        raise ArgumentError(0, f'cannot parse "{plain}" as a base {base} integer')
    total = 0
    for value in values:
        total = total * base + value
        if total.bit_length() > 1 << 16:
            return ENORMOUS
    return number(-total if plain.startswith("-") else total)


def _log(value: float, base: float) -> float:
    return math.log(value) / math.log(base)


_NUM = Param("num", NUMBER)

FUNCTIONS = {
    "abs": Function(_abs, (_NUM,)),
    "ceil": Function(_round(ROUND_CEILING), (_NUM,)),
    "floor": Function(_round(ROUND_FLOOR), (_NUM,)),
    "log": Function(_floating(_log), (_NUM, Param("base", NUMBER))),
    "max": Function(_max, rest=Param("numbers", NUMBER)),
    "min": Function(_min, rest=Param("numbers", NUMBER)),
    "parseint": Function(_parseint, (Param("number", kinds=(Primitive,)), Param("base", NUMBER))),
    "pow": Function(_floating(math.pow), (_NUM, Param("power", NUMBER))),
    "signum": Function(_signum, (_NUM,)),
    "sum": Function(_sum, (Param("list", kinds=LISTING),)),
}
