"""Calls of functions, and results of operators, within what a root may cost."""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.network.values import Unknown, Why
from peerlint.terraform import ast, functions
from peerlint.terraform.ast import Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.convert import ENORMOUS
from peerlint.terraform.scope import Scope
from peerlint.terraform.values import TfValue

SEARCHING = frozenset({"regex", "regexall", "replace"})
"""Functions that may take long."""


def result_of(name: str, arguments: Sequence[TfValue], expr: ast.Call, scope: Scope) -> TfValue:
    """What a function returns; unknown, and said, where that is more than a root may cost."""
    budget = scope.module.budget
    if name in SEARCHING and not budget.is_patient:
        return Unknown(Why.UNSUPPORTED, source=render(expr))
    try:
        value = functions.call(name, arguments, scope.module.files)
        budget.made(value, expr.span)
        return finite(value, expr, scope)
    except functions.LimitError as error:
        if not scope.module.is_forgiving:
            budget.passed(str(error), expr.span)
        raise
    except functions.TooLarge as error:
        if isinstance(error, functions.TooSlow):
            budget.waited()
        budget.passed(f"`{name}` {error}", expr.span)
        return Unknown(Why.UNSUPPORTED, source=render(expr))


def finite(value: TfValue, expr: Expr, scope: Scope) -> TfValue:
    """The value, with what is said of a number that is too long to be computed."""
    if isinstance(value, Unknown) and value.detail == ENORMOUS.detail and value.source == "":
        scope.module.budget.passed(value.detail, expr.span)
    return value
