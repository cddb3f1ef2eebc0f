"""Terraform's and OpenTofu's built-in functions (https://developer.hashicorp.com/terraform/language/functions).

``try`` and ``can`` are not here: the evaluator gives them unevaluated arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform.convert import convert
from peerlint.terraform.functions.families import Functions
from peerlint.terraform.functions.result_types import typed
from peerlint.terraform.functions.signature import (
    ArgumentError,
    Call,
    FileContext,
    Function,
    LimitError,
    TooLarge,
    TooSlow,
    bounded,
)
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.types import AnyType, type_of
from peerlint.terraform.values import EvaluationError, TfValue, derived, first_unknown, is_null, normalized

__all__ = ["FUNCTIONS", "FileContext", "LimitError", "TooLarge", "TooSlow", "UnknownFunction", "call"]


class UnknownFunction(EvaluationError):
    """A call of a function that neither Terraform nor OpenTofu has."""


FUNCTIONS: Mapping[str, Function] = Functions()
"""Every function by its name."""

_OF_ALL_ATTRIBUTES = frozenset({"jsonencode", "keys", "length", "tomap", "values", "yamlencode"})
"""Functions whose result depends on every attribute of a resource, of which only the written ones are known here."""

_LONGEST_MESSAGE = 300


def call(name: str, args: Sequence[TfValue], context: FileContext) -> TfValue:
    """What the function returns for the arguments; unknown where one that it needs is, with that one as the cause.

    A function of a provider other than terraform's own is not evaluated. Raises EvaluationError where Terraform reports
    an error, UnknownFunction where there is no such, TooLarge for more than MAX_ITEMS characters or elements.
    """
    function = FUNCTIONS.get(name.removeprefix("core::"))
    if function is None and name.startswith("provider::"):
        return Unknown(Why.UNSUPPORTED, source=f"{name}(…)")
    if function is None:
        raise UnknownFunction(f'there is no function named "{name}"')
    _check_count(name, function, len(args))
    converted = tuple(_argument(name, function, index, arg) for index, arg in enumerate(args))
    for index, arg in enumerate(converted):
        if isinstance(arg, Known) and isinstance(arg.value, ResourceObject) and name in _OF_ALL_ATTRIBUTES:
            return Unknown(Why.COMPUTED, source=f"{name}(…)")
        unknown = _needed_unknown(function, index, arg)
        if unknown is not None:
            return typed(name, converted, derived(unknown))
    try:
        return typed(name, converted, _bounded(function.implementation(Call(converted, context))))
    except ArgumentError as error:
        raise EvaluationError(_about_argument(name, function, error.index, str(error))) from None
    except EvaluationError as error:
        kind = LimitError if isinstance(error, LimitError) else EvaluationError
        raise kind(f'call to function "{name}" failed: {_shortened(str(error))}') from None
    except RecursionError:
        raise TooLarge("nests values too deeply") from None


def _bounded(result: TfValue) -> TfValue:
    if isinstance(result, Known) and isinstance(result.value, str):
        bounded(len(result.value))
        return result if result.value.isascii() else Known(normalized(result.value), result.at)
    return result


def _check_count(name: str, function: Function, count: int) -> None:
    least = len(function.params)
    if count < least:
        missing = function.params[count].name
        raise EvaluationError(f'function "{name}" expects {least} argument(s): missing value for "{missing}"')
    if count > least and function.rest is None:
        raise EvaluationError(f'function "{name}" expects only {least} argument(s)')


def _argument(name: str, function: Function, index: int, value: TfValue) -> TfValue:
    param = function.param(index)
    if param is None:
        return value
    try:
        converted = convert(value, param.type)
    except EvaluationError as error:
        raise EvaluationError(_about_argument(name, function, index, str(error))) from None
    if isinstance(converted, Unknown) and param.kinds and not isinstance(type_of(converted), (AnyType, *param.kinds)):
        raise EvaluationError(_about_argument(name, function, index, "an argument of another type is required"))
    if is_null(converted) and not param.nullable:
        raise EvaluationError(_about_argument(name, function, index, "argument must not be null"))
    return converted


def _needed_unknown(function: Function, index: int, value: TfValue) -> Unknown | None:
    param = function.param(index)
    if isinstance(value, Unknown):
        return None if param is not None and param.unknown else value
    return None if function.partial else first_unknown(value)


def _about_argument(name: str, function: Function, index: int, message: str) -> str:
    param = function.param(index)
    label = f'"{param.name}" parameter' if param is not None else f"argument {index + 1}"
    return f"{name}: invalid value for {label}: {_shortened(message)}"


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[: _LONGEST_MESSAGE - 1] + "…"
