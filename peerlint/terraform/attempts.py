"""What ``try`` and ``can`` make of expressions that may fail, now or when they are applied.

https://developer.hashicorp.com/terraform/language/functions/try
"""

from __future__ import annotations

from collections.abc import Iterable

from peerlint.network.values import Known, Unknown, Why
from peerlint.terraform import ast
from peerlint.terraform.ast import Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.scope import Evaluate, Scope
from peerlint.terraform.values import (
    EvaluationError,
    FatalError,
    TfValue,
    derived,
    derived_as,
    unknowns,
    without_refinements,
)


def first_without_error(expr: ast.Call, scope: Scope, evaluate: Evaluate) -> TfValue:
    """The value of ``try``: that of its first argument without an error. Raises EvaluationError where all have one."""
    doubt = doubt_about(expr.arguments[:-1], scope)
    if doubt is not None:
        return Unknown(Why.UNSUPPORTED, source=render(expr), detail=doubt)
    error: EvaluationError | None = None
    for argument in expr.arguments:
        try:
            with scope.module.forgiving():
                value = evaluate(argument, scope)
        except FatalError:
            raise
        except EvaluationError as failed:
            error = failed
            continue
        return value if argument is expr.arguments[-1] else _unless_it_may_fail(value, argument, scope, evaluate)
    raise error or EvaluationError("`try` needs an argument")


def is_without_error(expr: ast.Call, scope: Scope, evaluate: Evaluate) -> TfValue:
    """The value of ``can``: whether its argument has no error."""
    try:
        with scope.module.forgiving():
            value = evaluate(expr.arguments[0], scope)
    except FatalError:
        raise
    except EvaluationError:
        return Known(False, expr.span)
    value = _unless_it_may_fail(value, expr.arguments[0], scope, evaluate)
    return derived_as("bool", value) if isinstance(value, Unknown) else Known(True, expr.span)


def doubt_about(exprs: Iterable[Expr], scope: Scope) -> str | None:
    """Why it is undecided whether any instance exists of a part of expressions; ``None`` where it is not."""
    for expr in exprs:
        doubt = scope.module.doubt_about(expr) or doubt_about(ast.parts(expr), scope)
        if doubt is not None:
            return doubt
    return None


def _unless_it_may_fail(value: TfValue, expr: Expr, scope: Scope, evaluate: Evaluate) -> TfValue:
    """The value; unknown as a whole where a part of it is computed from what is unknown, which apply may find wrong,
    or a list may be too short for a slice of it.
    """
    computed = next((part for part in unknowns(value) if part.of is None or part.of.computed), None)
    if computed is None:
        sliced = (_sliced(part, scope, evaluate) for part in ast.within(expr))
        computed = next((of for of in sliced if of is not None), None)
    if computed is None:
        return value
    return without_refinements(computed) if value is computed else derived(computed)


def _sliced(expr: Expr, scope: Scope, evaluate: Evaluate) -> Unknown | None:
    """The list that an expression slices, where it is unknown."""
    match expr:
        case ast.Call(name="slice" | "core::slice", arguments=[items, *_]):
            try:
                of = evaluate(items, scope)
            except EvaluationError:
                return Unknown(Why.UNSUPPORTED, source=render(expr))
            return of if isinstance(of, Unknown) else None
    return None
