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
from peerlint.terraform.conditional import (
    as_one_type,
    is_null_literal,
    needs_other,
    of_type_beside_null,
    type_of_failure,
    undecided,
)
from peerlint.terraform.convert import to_bool, to_string
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.identity import identified
from peerlint.terraform.invocation import finite, result_of
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.operators import binary, unary
from peerlint.terraform.refinements import certain_beginning, kept_parts
from peerlint.terraform.scope import Scope
from peerlint.terraform.types import AnyType, named, type_of, unify
from peerlint.terraform.values import (
    NULL,
    EvaluationError,
    FatalError,
    Plain,
    TfList,
    TfSet,
    TfValue,
    derived,
    derived_as,
    element_of,
    element_type,
    elements,
    is_listing,
    is_null,
    is_scalar,
    is_single,
    make_object,
    normalized,
    unknowns,
    without_refinements,
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
            return _located(_for(expr, scope), expr)
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


def _reference(expr: Expr, scope: Scope) -> TfValue:
    """A traversal: its root is looked up with as many steps as it takes, the rest are steps into the value."""
    steps: list[str | Expr] = []
    root = expr
    while isinstance(root, ast.GetAttr | ast.Index):
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
                    yield from _parts(then if _truth(answer) else otherwise, scope)
            case ast.TemplateFor(key=key, value=name, collection=collection, body=body):
                items = evaluate(collection, scope)
                if isinstance(items, Unknown):
                    yield derived(items)
                    continue
                for index, item in _entries(items):
                    scope.module.budget.step(collection.span)
                    yield from _parts(body, scope.bind({name: item} | ({key: index} if key else {})))
            case _:
                text = to_string(evaluate(part, scope))
                if is_null(text):
                    raise EvaluationError("a null value cannot be part of a string")
                yield text


def _truth(value: Known[Plain]) -> bool:
    answer = to_bool(value)
    if isinstance(answer, Known) and isinstance(answer.value, bool):
        return answer.value
    raise EvaluationError("a condition must be true or false")


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


# --- Splats, for, conditionals ---------------------------------------------------------------------------------------


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


NOTHING_TO_ITERATE = "a `for` expression needs a list, set, map or object"


def _entries(value: Known[Plain]) -> list[tuple[TfValue, TfValue]]:
    match value.value:
        case dict() as items:
            return [(Known(key), item) for key, item in items.items()]
        case tuple() as items:
            return [(Known(index), item) for index, item in enumerate(items)]
        case TfSet(items=items):
            return [(item, item) for item in items]
        case _:
            raise EvaluationError(NOTHING_TO_ITERATE)


def _for(expr: ast.For, scope: Scope) -> TfValue:
    collection = evaluate(expr.collection, scope)
    if isinstance(collection, Unknown):
        return _for_unknown(expr, scope, collection)
    if isinstance(collection.value, ResourceObject):
        return Unknown(Why.COMPUTED)  # only its written attributes are known by name
    pairs: list[tuple[TfValue | None, TfValue]] = []
    open_key: Unknown | None = None
    for index, item in _entries(collection):
        inner = scope.bind({expr.value: item} | ({expr.key: index} if expr.key else {}))
        if expr.condition is not None:
            wanted = evaluate(expr.condition, inner)
            if isinstance(wanted, Unknown):
                return derived(wanted)
            if not _truth(wanted):
                continue
        key = evaluate(expr.result_key, inner) if expr.result_key is not None else None
        if isinstance(key, Unknown):
            open_key = open_key or key
            continue
        pairs.append((key, evaluate(expr.result, inner)))
    if open_key is not None:
        return derived(open_key)
    if expr.result_key is None:
        return Known(tuple(value for _, value in pairs), expr.span)
    return _for_object(expr, pairs)


def _for_unknown(expr: ast.For, scope: Scope, collection: Unknown) -> TfValue:
    """Over an unknown collection the result is unknown; a list of its elements, or of parts of them, keeps identity."""
    if is_scalar(collection):
        raise EvaluationError(NOTHING_TO_ITERATE)
    if expr.result_key is None:
        item = element_of(collection)
        inner = scope.bind({expr.value: item} | ({expr.key: derived(collection)} if expr.key else {}))
        try:
            result = evaluate(expr.result, inner)
        except EvaluationError:
            return derived(collection)
        if isinstance(result, Unknown) and result.of is not None and result.of.many:
            return Unknown(result.why, of=replace(result.of, many=False), detail=result.detail)
    return derived(collection)


class _DuplicateKeyError(EvaluationError):
    """Two elements with one key; what was made before them is an object all the same."""

    def __init__(self, message: str, items: dict[str, TfValue]) -> None:
        super().__init__(message)
        self.made = Known(make_object(items))


def _for_object(expr: ast.For, pairs: Sequence[tuple[TfValue | None, TfValue]]) -> TfValue:
    items: dict[str, TfValue] = {}
    groups: dict[str, list[TfValue]] = {}
    for key, value in pairs:
        text = to_string(key) if key is not None else NULL
        if isinstance(text, Unknown):
            return derived(text)
        if not isinstance(text.value, str):
            raise EvaluationError("a key of a `for` expression is null")
        if text.value in items and not expr.group:
            raise _DuplicateKeyError(f"two elements of a `for` expression have the key {text.value!r}", items)
        items[text.value] = value
        groups.setdefault(text.value, []).append(value)
    if expr.group:
        items = {key: Known(tuple(values)) for key, values in groups.items()}
    return Known(make_object(items), expr.span)


def _conditional(expr: ast.Conditional, scope: Scope) -> TfValue:
    condition = evaluate(expr.condition, scope)
    if isinstance(condition, Known):
        taken, other = (expr.then, expr.otherwise) if _truth(condition) else (expr.otherwise, expr.then)
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
        if isinstance(error, _DuplicateKeyError) and isinstance(expr, ast.For):
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
        case "try" if (doubt := _doubt(expr.arguments[:-1], scope)) is not None:
            return Unknown(Why.UNSUPPORTED, source=render(expr), detail=doubt)
        case "try":
            return _try(expr, scope)
        case "can":
            return _can(expr, scope)
        case name:
            arguments = _arguments(expr, scope)
            if isinstance(arguments, Unknown):
                return derived(arguments)
            value = identified(name, arguments, result_of(name, arguments, expr, scope))
            if name in CHOOSING and not _is_of_its_own(value) and (doubt := _doubt(expr.arguments, scope)) is not None:
                return Unknown(Why.UNSUPPORTED, source=render(expr), detail=doubt)
            return value


CHOOSING = frozenset({"length", "coalesce", "coalescelist", "concat"})
"""Functions whose result is another one where a resource among their arguments does not exist."""


def _is_of_its_own(value: TfValue) -> bool:
    """Whether a value is unknown, and not one of those that it was computed from."""
    return isinstance(value, Unknown) and (value.of is None or value.of.computed)


def _doubt(exprs: Iterable[Expr], scope: Scope) -> str | None:
    """Why it is undecided whether any instance exists of a part of expressions; ``None`` where it is not."""
    for expr in exprs:
        doubt = scope.module.doubt_about(expr) or _doubt(ast.parts(expr), scope)
        if doubt is not None:
            return doubt
    return None


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


def _try(expr: ast.Call, scope: Scope) -> TfValue:
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
        return value if argument is expr.arguments[-1] else _unless_it_may_fail(value, argument, scope)
    raise error or EvaluationError("`try` needs an argument")


def _can(expr: ast.Call, scope: Scope) -> TfValue:
    try:
        with scope.module.forgiving():
            value = evaluate(expr.arguments[0], scope)
    except FatalError:
        raise
    except EvaluationError:
        return Known(False, expr.span)
    value = _unless_it_may_fail(value, expr.arguments[0], scope)
    return derived_as("bool", value) if isinstance(value, Unknown) else Known(True, expr.span)


def _unless_it_may_fail(value: TfValue, expr: Expr, scope: Scope) -> TfValue:
    """The value; unknown as a whole where a part of it is computed from what is unknown, which apply may find wrong,
    or a list may be too short for a slice of it.
    """
    computed = next((part for part in unknowns(value) if part.of is None or part.of.computed), None)
    if computed is None:
        computed = next((of for part in ast.within(expr) if (of := _sliced(part, scope)) is not None), None)
    if computed is None:
        return value
    return without_refinements(computed) if value is computed else derived(computed)


def _sliced(expr: Expr, scope: Scope) -> Unknown | None:
    """The list that an expression slices, where it is unknown."""
    match expr:
        case ast.Call(name="slice" | "core::slice", arguments=[items, *_]):
            try:
                of = evaluate(items, scope)
            except EvaluationError:
                return Unknown(Why.UNSUPPORTED, source=render(expr))
            return of if isinstance(of, Unknown) else None
    return None
