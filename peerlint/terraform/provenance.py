"""The way of a value, walked back from the argument that uses it to the place that writes it.

Every known value has the place where it was written. So nothing has to be carried along while a root is evaluated: of
all that an argument refers to, directly or not, the way leads through what holds that place.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.values import Known, Span, Step
from peerlint.terraform import ast
from peerlint.terraform.ast import Expr
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.scope import Definition, Frame, Scope
from peerlint.terraform.values import EvaluationError, TfValue

MAX_VISITS = 5_000
"""Expressions that one walk looks at; past them no way is told."""

MAX_INPUTS = 2
"""Of what a computed value was computed from, so many are told."""

MAX_COMPUTATIONS = 3
"""Computations of computed values that are followed."""


def trace(use: Frame, at: Span) -> tuple[Step, ...]:
    """The steps from an argument to the place ``at`` which its value was written, and, where that is a computation, to
    where its inputs were. Empty where the argument itself writes it, or no way is found.
    """
    try:
        return _Walk().steps(use, at)
    except (EvaluationError, RecursionError):
        return ()


class _Way(Struct, frozen=True):
    """``at`` is where the way leaves the first expression, or ends in it; ``end`` is what is written at its end."""

    at: Span
    steps: tuple[Step, ...] = ()
    end: Frame | None = None


class _Reference(Struct, frozen=True):
    name: str
    steps: tuple[str | Expr, ...]
    frame: Frame


class _Walk:
    """One search, within a limit."""

    def __init__(self) -> None:
        self._visits = 0

    def steps(self, use: Frame, at: Span) -> tuple[Step, ...]:
        way = self._way(use, at, set())
        if way is None:
            return ()
        return (*way.steps, *self._inputs(way.end, MAX_COMPUTATIONS))

    def _way(self, frame: Frame, target: Span, seen: set[tuple[int, int]]) -> _Way | None:
        """The first way from an expression to a place, or ``None``."""
        self._visits += 1
        key = (id(frame.expr), id(frame.scope))
        if key in seen or self._visits > MAX_VISITS:
            return None
        seen.add(key)
        if frame.expr.span.holds(target):
            return _Way(target, end=_written_at(frame, target))
        for reference in _references(frame):
            found = self._from(reference, target, seen)
            if found is not None:
                return _Way(reference.frame.expr.span, found.steps, found.end)
        return None

    def _from(self, reference: _Reference, target: Span, seen: set[tuple[int, int]]) -> _Way | None:
        """The way on from a reference, its definition being the first step."""
        for definition in _definitions(reference):
            if definition.given is not None and definition.given.holds(target):
                return _Way(target, (Step(definition.message, target, definition.call),))
            for frame in definition.frames:
                way = self._way(frame, target, seen)
                if way is not None and definition.silent and way.steps:
                    return way
                if way is not None:
                    return _Way(way.at, (Step(definition.message, way.at, definition.call), *way.steps), way.end)
        return None

    def _inputs(self, computed: Frame | None, left: int) -> Iterator[Step]:
        """The ways of what a value was computed from."""
        if computed is None or not left or isinstance(computed.expr, ast.Literal | ast.Tuple | ast.Object):
            return
        told = 0
        for reference in _references(computed):
            value = _evaluated(reference.frame)
            if told == MAX_INPUTS or not isinstance(value, Known) or value.at is None:
                continue
            way = self._from(reference, value.at, set())
            if way is not None:
                told += 1
                yield from way.steps
                yield from self._inputs(way.end, left - 1)


def _written_at(frame: Frame, target: Span) -> Frame | None:
    """What is written at a place inside an expression."""
    expr = frame.expr
    while expr.span != target:
        inner = next((part for part in ast.parts(expr) if part.span.holds(target)), None)
        if inner is None:
            return None
        expr = inner
    return Frame(expr, frame.scope, frame.around)


def _references(frame: Frame) -> Iterator[_Reference]:
    """What an expression takes its value from: keys and conditions only choose."""
    expr, scope, around = frame.expr, frame.scope, frame.around
    match expr:
        case ast.Name() | ast.GetAttr() | ast.Index() | ast.Splat():
            root, steps = _traversal(expr)
            if isinstance(root, ast.Name):
                yield _Reference(root.name, steps, frame)
            else:
                yield from _references(Frame(root, scope, around))
        case ast.Conditional():
            for arm in _arms(expr, scope):
                yield from _references(Frame(arm, scope, around))
        case _:
            for part in ast.parts(expr):
                yield from _references(Frame(part, scope, around))


def _traversal(expr: Expr) -> tuple[Expr, tuple[str | Expr, ...]]:
    """The root of a reference and its steps; a splat takes the same ones of every element."""
    steps: list[str | Expr] = []
    while isinstance(expr, ast.GetAttr | ast.Index | ast.Splat):
        match expr:
            case ast.GetAttr(name=name):
                steps.append(name)
            case ast.Index(key=key):
                steps.append(key)
            case ast.Splat(steps=inner):
                steps += reversed(inner)
        expr = expr.target
    return expr, tuple(reversed(steps))


def _arms(expr: ast.Conditional, scope: Scope) -> tuple[Expr, ...]:
    """The arm that is taken, or both where that is not known."""
    match _evaluated(Frame(expr.condition, scope)):
        case Known(value=True | "true"):
            return (expr.then,)
        case Known(value=False | "false"):
            return (expr.otherwise,)
        case _:
            return (expr.then, expr.otherwise)


def _definitions(reference: _Reference) -> Iterator[Definition]:
    frame, name = reference.frame, reference.name
    if name == "each" or name in frame.scope.names:
        value = ".".join((name, *(step for step in reference.steps[:1] if isinstance(step, str))))
        yield Definition(f"`{value}` is written here", frame.around, silent=True)
    elif name not in ("count", "path", "self", "terraform", "tofu", "ephemeral"):
        yield from frame.scope.module.definitions(name, reference.steps, frame.scope)


def _evaluated(frame: Frame) -> TfValue | None:
    """The value of an expression, or ``None`` where it cannot be evaluated by itself, as in a ``for``."""
    try:
        with frame.scope.module.forgiving():
            return evaluate(frame.expr, frame.scope)
    except EvaluationError:
        return None
