"""Expressions → values, as ``terraform plan`` evaluates them with nothing applied yet.

An error that Terraform would report is raised as EvaluationError, so that ``try`` and ``can`` see it. What plan would
not know is Unknown; a value computed from unknowns alone has the computation as its identity, so that two equal
computations are one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.access import attribute_of, index_of
from peerlint.terraform.ast import Expr, Part
from peerlint.terraform.ast_text import render
from peerlint.terraform.attempts import doubt_about, first_without_error, is_without_error
from peerlint.terraform.comprehensions import DuplicateKeyError, entries, for_value
from peerlint.terraform.conditional import (
    as_one_type,
    is_null_literal,
    needs_other,
    of_type_beside_null,
    truth,
    type_of_failure,
    undecided,
)
from peerlint.terraform.convert import to_string
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.identity import identified
from peerlint.terraform.invocation import finite, result_of
from peerlint.terraform.operators import binary, unary
from peerlint.terraform.refinements import certain_beginning, kept_parts
from peerlint.terraform.scope import Scope
from peerlint.terraform.types import AnyType, named, type_of, unify
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    TfList,
    TfSet,
    TfValue,
    derived,
    derived_as,
    element_type,
    elements,
    is_listing,
    is_null,
    is_scalar,
    is_single,
    make_object,
    normalized,
)


def evaluate(expr: Expr, scope: Scope) -> TfValue:
    """The value of an expression. Raises EvaluationError for what Terraform would refuse."""
    scope.module.budget.step(expr.span)
    match expr:
        case ast.Literal(value=value, span=span):
            return Known(value, span)
        case ast.Name() | ast.GetAttr():
            return _located(_reference(expr, scope), expr)
        case ast.Index():
            return _located(_reference(expr, scope), expr)
        case ast.Template():
            return _located(_template(expr, scope), expr)
        case ast.Tuple(items=items, span=span):
            return Known(tuple(evaluate(item, scope) for item in items), span)
        case ast.Object():
            return _object(expr, scope)
        case ast.Splat():
            return _located(_splat(expr, scope), expr)
        case ast.Call():
            return _located(_call(expr, scope), expr)
        case ast.Conditional():
            return _located(_conditional(expr, scope), expr)
        case ast.Binary(operator=operator, left=left, right=right):
            operands = evaluate(left, scope), evaluate(right, scope)
            result = finite(binary(operator, *operands), expr, scope)
            return _located(identified(operator, operands, result), expr)
        case ast.Unary(operator=operator, operand=operand):
            inner = evaluate(operand, scope)
            return _located(identified(operator, [inner], unary(operator, inner)), expr)
        case ast.For():
            return _located(for_value(expr, scope, evaluate), expr)
        case ast.Unreadable(message=message, span=span):
            error = UnreadError(message, span)
            scope.module.unread(error)
            raise error
        case _:
            assert_never(expr)


def _located(value: TfValue, expr: Expr) -> TfValue:
    """The value, placed at the expression where it has no place of its own."""
    if isinstance(value, Unknown):
        if value.at is not None and value.source:
            return value
        return replace(value, at=value.at or expr.span, source=value.source or render(expr))
    return value if value.at is not None else Known(value.value, expr.span)


# --- References ------------------------------------------------------------------------------------------------------


TRAVERSED = (ast.GetAttr, ast.Index)


def _reference(expr: Expr, scope: Scope) -> TfValue:
    """A traversal: its root is looked up with as many steps as it takes, the rest are steps into the value."""
    steps: list[str | Expr] = []
    root = expr
    while isinstance(root, TRAVERSED):
        steps.append(root.name if isinstance(root, ast.GetAttr) else root.key)
        root = root.target
    steps.reverse()
    if not isinstance(root, ast.Name):
        value: TfValue = evaluate(root, scope)
    elif root.name in scope.names:
        value = scope.names[root.name]
    else:
        value, steps = scope.module.look_up(root.name, steps, scope, expr.span)
    for step in steps:
        value = _step(value, step, scope, expr.span)
    return value


def _step(value: TfValue, step: str | Expr, scope: Scope, at: Span) -> TfValue:
    return attribute_of(value, step, at) if isinstance(step, str) else index_of(value, evaluate(step, scope), at)


# --- Templates and objects -------------------------------------------------------------------------------------------


def _template(expr: ast.Template, scope: Scope) -> TfValue:
    if expr.wrapped is not None:
        return evaluate(expr.wrapped, scope)
    pieces = list(_parts(expr.parts, scope))
    unknown = next((p for p in pieces if isinstance(p, Unknown)), None)
    if unknown is not None:
        first, last = expr.parts[0], expr.parts[-1]
        beginning = certain_beginning(first) if isinstance(first, str) else ""
        ending = last if isinstance(last, str) else ""
        text = replace(derived_as("string", unknown), beginning=beginning, ending=ending, parts=kept_parts(pieces))
        return identified("template", pieces, text)
    texts = [str(p.value) for p in pieces if isinstance(p, Known)]
    scope.module.budget.text(sum(map(len, texts)), expr.span)
    return Known(normalized("".join(texts)), expr.span)


def _parts(parts: Sequence[Part], scope: Scope) -> Iterable[TfValue]:
    for part in parts:
        match part:
            case str():
                yield Known(part)
            case ast.TemplateIf(condition=condition, then=then, otherwise=otherwise):
                answer = evaluate(condition, scope)
                if isinstance(answer, Unknown):
                    yield derived(answer)
                else:
                    yield from _parts(then if truth(answer) else otherwise, scope)
            case ast.TemplateFor(key=key, value=name, collection=collection, body=body):
                items = evaluate(collection, scope)
                if isinstance(items, Unknown):
                    yield derived(items)
                    continue
                for index, item in entries(items):
                    scope.module.budget.step(collection.span)
                    yield from _parts(body, scope.bind({name: item} | ({key: index} if key else {})))
            case _:
                text = to_string(evaluate(part, scope))
                if is_null(text):
                    raise EvaluationError("a null value cannot be part of a string")
                yield text


def _object(expr: ast.Object, scope: Scope) -> TfValue:
    items: dict[str, TfValue] = {}
    open_key: Unknown | None = None
    for key_expr, value_expr in expr.items:
        key = to_string(evaluate(key_expr, scope))
        value = evaluate(value_expr, scope)
        if isinstance(key, Unknown):
            open_key = open_key or key
        elif isinstance(key.value, str):
            items[key.value] = value
        else:
            raise EvaluationError("an object key cannot be null")
    if open_key is not None:
        return replace(derived(open_key), at=expr.span, source=render(expr))
    return Known(make_object(items), expr.span)


# --- Splats and conditionals -----------------------------------------------------------------------------------------


def _splat(expr: ast.Splat, scope: Scope) -> TfValue:
    target = evaluate(expr.target, scope)
    steps = list(expr.steps)
    after: list[str | Expr] = []
    if not expr.full:
        cut = next((i for i, step in enumerate(steps) if not isinstance(step, str)), len(steps))
        steps, after = steps[:cut], steps[cut:]
    value = _each_step(target, steps, scope, expr.span)
    for step in after:
        value = _step(value, step, scope, expr.span)
    return value


def _each_step(target: TfValue, steps: Sequence[str | Expr], scope: Scope, at: Span) -> TfValue:
    match target:
        case Unknown() if is_single(target):
            return Known((_walk(target, steps, scope, at),))
        case Unknown():
            return _each_of_unknown(target, steps, scope, at)
        case Known(value=None):
            return Known((), target.at)
        case Known(value=(TfList() as items)) | Known(value=TfSet(items=items)):
            return Known(TfList(_walk(item, steps, scope, at) for item in items), target.at)
        case Known(value=tuple() as items):
            return Known(tuple(_walk(item, steps, scope, at) for item in items), target.at)
        case _:
            return Known((_walk(target, steps, scope, at),), target.at)


def _each_of_unknown(target: Unknown, steps: Sequence[str | Expr], scope: Scope, at: Span) -> TfValue:
    """A splat on what may be a list: the identity of its elements is that of the list, with their attribute."""
    if is_listing(target):
        some = _walk(replace(target, type=element_type(target.type)), steps, scope, at)
        told = named(type_of(some)) if element_type(target.type) else ""
        return replace(some, type=f"list({told})" if told else "") if isinstance(some, Unknown) else derived(target)
    try:
        return _walk(target, steps, scope, at)
    except EvaluationError:
        return derived(target)  # there may be nothing in it, and then nothing fails


def _walk(value: TfValue, steps: Sequence[str | Expr], scope: Scope, at: Span) -> TfValue:
    for step in steps:
        if isinstance(step, ast.Splat) and ast.is_within(step):
            value = _splat(step, scope.bind({ast.ITEM: value}))
        else:
            value = _step(value, step, scope, at)
    return value


def _conditional(expr: ast.Conditional, scope: Scope) -> TfValue:
    condition = evaluate(expr.condition, scope)
    if isinstance(condition, Known):
        taken, other = (expr.then, expr.otherwise) if truth(condition) else (expr.otherwise, expr.then)
        value = evaluate(taken, scope)
        asks = needs_other(value) or scope.module.is_forgiving  # an error in an arm that is not taken tells no type
        return as_one_type(value, _other_arm(other, scope)) if asks else value
    try:
        then, otherwise = evaluate(expr.then, scope), evaluate(expr.otherwise, scope)
    except EvaluationError:
        return derived(condition)
    return of_type_beside_null(expr, then, otherwise, undecided(condition, then, otherwise))


def _other_arm(expr: Expr, scope: Scope) -> TfValue:
    """The arm that is not taken, which only lends its type, be it that of an error."""
    try:
        with scope.module.forgiving():
            return evaluate(expr, scope)
    except EvaluationError as error:
        if isinstance(error, DuplicateKeyError) and isinstance(expr, ast.For):
            return error.made
        if not isinstance(expr, ast.Conditional):
            return type_of_failure(expr)
        arms = [arm for arm in (expr.then, expr.otherwise) if not is_null_literal(arm)]
        kinds = [type_of(_other_arm(arm, scope)) for arm in arms]
        common = None if any(isinstance(kind, AnyType) for kind in kinds) else unify(kinds)
        return NULL if common is None else Unknown(Why.UNSUPPORTED, type=named(common))


# --- Functions -------------------------------------------------------------------------------------------------------


def _call(expr: ast.Call, scope: Scope) -> TfValue:
    match expr.name.removeprefix("core::"):
        case "try":
            return first_without_error(expr, scope, evaluate)
        case "can":
            return is_without_error(expr, scope, evaluate)
        case name:
            arguments = _arguments(expr, scope)
            if isinstance(arguments, Unknown):
                return derived(arguments)
            value = identified(name, arguments, result_of(name, arguments, expr, scope))
            if (
                name in CHOOSING
                and not _is_of_its_own(value)
                and (doubt := doubt_about(expr.arguments, scope)) is not None
            ):
                return Unknown(Why.UNSUPPORTED, source=render(expr), detail=doubt)
            return value


CHOOSING = frozenset({"length", "coalesce", "coalescelist", "concat"})
"""Functions whose result is another one where a resource among their arguments does not exist."""


def _is_of_its_own(value: TfValue) -> bool:
    """Whether a value is unknown, and not one of those that it was computed from."""
    return isinstance(value, Unknown) and (value.of is None or value.of.computed)


def _arguments(expr: ast.Call, scope: Scope) -> list[TfValue] | Unknown:
    values = [evaluate(argument, scope) for argument in expr.arguments]
    if not expr.expand:
        return values
    last = values.pop()
    if isinstance(last, Unknown) and not (is_scalar(last) or last.type.startswith("map(")):
        return last
    items = elements(last) if isinstance(last, Known) and isinstance(last.value, tuple | TfSet) else None
    if items is None:
        raise EvaluationError("`...` needs a list")
    return [*values, *items]
