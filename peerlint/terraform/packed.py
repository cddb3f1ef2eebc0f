"""The syntax tree of an expression as plain data, and back: what is kept instead of parsing again.

Places are counted from that of the expression, so that one that is written alike elsewhere has the same data.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, assert_never

from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Expr, Part, TemplateFor, TemplateIf

Packed: TypeAlias = "str | int | bool | list[Packed] | None"


class Malformed(ValueError):
    """The data of no syntax tree."""


def packed(expr: Expr, line: int, column: int) -> Packed:
    """An expression whose text begins at a place, as data. Raises Malformed for one that cannot be read."""
    return _Packer(line, column).expr(expr)


def unpacked(data: Packed, file: str, line: int, column: int) -> Expr:
    """The expression that the data describe, of a text that begins at a place of a file. Raises Malformed."""
    try:
        return _Unpacker(file, line, column).expr(data)
    except (RecursionError, InvalidOperation) as error:
        raise Malformed(str(error)) from None


class _Packer:
    """Takes trees apart; each expression is its kind, its place and its parts."""

    def __init__(self, line: int, column: int) -> None:
        self._line = line
        self._column = column

    def span(self, at: Span) -> list[Packed]:
        return [*self.place(at.line, at.column), *self.place(at.end_line, at.end_column)]

    def place(self, line: int, column: int) -> tuple[int, int]:
        return line - self._line, column - self._column if line == self._line else column

    def some(self, exprs: Sequence[Expr]) -> list[Packed]:
        return [self.expr(expr) for expr in exprs]

    def maybe(self, expr: Expr | None) -> Packed:
        return None if expr is None else self.expr(expr)

    def expr(self, expr: Expr) -> list[Packed]:
        at = self.span(expr.span)
        match expr:
            case ast.Literal(value=value):
                return ["l", at, _packed_value(value)]
            case ast.Template(parts=parts):
                return ["t", at, self.parts(parts)]
            case ast.Tuple(items=items):
                return ["s", at, self.some(items)]
            case ast.Object(items=pairs):
                return ["o", at, [[self.expr(key), self.expr(value)] for key, value in pairs]]
            case ast.Name(name=name):
                return ["n", at, name]
            case ast.GetAttr(target=target, name=name):
                return ["a", at, self.expr(target), name]
            case ast.Index(target=target, key=key):
                return ["i", at, self.expr(target), self.expr(key)]
            case ast.Splat(target=target, steps=steps, full=full):
                return ["p", at, self.expr(target), [s if isinstance(s, str) else self.expr(s) for s in steps], full]
            case ast.Call(name=name, arguments=arguments, expand=expand):
                return ["c", at, name, self.some(arguments), expand]
            case ast.Conditional(condition=condition, then=then, otherwise=otherwise):
                return ["?", at, self.expr(condition), self.expr(then), self.expr(otherwise)]
            case ast.Binary(operator=operator, left=left, right=right):
                return ["b", at, operator, self.expr(left), self.expr(right)]
            case ast.Unary(operator=operator, operand=operand):
                return ["u", at, operator, self.expr(operand)]
            case ast.For():
                return ["f", at, *self.loop(expr)]
            case ast.Unreadable():
                raise Malformed("no expression")
        assert_never(expr)

    def loop(self, expr: ast.For) -> list[Packed]:
        names: list[Packed] = [expr.key, expr.value]
        results = [self.maybe(expr.result_key), self.expr(expr.result)]
        return [*names, self.expr(expr.collection), *results, expr.group, self.maybe(expr.condition)]

    def parts(self, parts: Sequence[Part]) -> list[Packed]:
        return [self.part(part) for part in parts]

    def part(self, part: Part) -> Packed:
        match part:
            case str():
                return part
            case TemplateIf(condition=condition, then=then, otherwise=otherwise):
                return ["if", self.expr(condition), self.parts(then), self.parts(otherwise)]
            case TemplateFor(key=key, value=value, collection=collection, body=body):
                return ["for", key, value, self.expr(collection), self.parts(body)]
            case _:
                return self.expr(part)


def _packed_value(value: object) -> Packed:
    """A literal's value; a number as a text in a list, as it may have more digits than any format takes."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return ["int", str(value)]
        case Decimal():
            return ["decimal", str(value)]
    raise TypeError(f"{value!r} is no literal")


class _Unpacker:
    """Puts trees together, and trusts nothing that it is given."""

    def __init__(self, file: str, line: int, column: int) -> None:
        self._file = file
        self._line = line
        self._column = column

    def span(self, data: Packed) -> Span:
        match data:
            case [int() as line, int() as column, int() as end_line, int() as end_column]:
                return Span(self._file, *self.place(line, column), *self.place(end_line, end_column))
        raise Malformed("no place")

    def place(self, line: int, column: int) -> tuple[int, int]:
        return line + self._line, column + self._column if line == 0 else column

    def some(self, data: Packed) -> tuple[Expr, ...]:
        return tuple(self.expr(item) for item in _items(data))

    def maybe(self, data: Packed) -> Expr | None:
        return None if data is None else self.expr(data)

    def expr(self, data: Packed) -> Expr:
        match data:
            case [str() as kind, place, *rest]:
                return self.of_kind(kind, self.span(place), rest)
        raise Malformed("no expression")

    def of_kind(self, kind: str, at: Span, rest: list[Packed]) -> Expr:
        match kind, rest:
            case "l", [value]:
                return ast.Literal(_value(value), at)
            case "n", [str() as name]:
                return ast.Name(name, at)
            case "a", [target, str() as name]:
                return ast.GetAttr(self.expr(target), name, at)
            case "t", [parts]:
                return ast.Template(self.parts(parts), at)
            case "s", [items]:
                return ast.Tuple(self.some(items), at)
            case "o", [pairs]:
                return ast.Object(tuple(self.pair(pair) for pair in _items(pairs)), at)
            case "c", [str() as name, arguments, bool() as expand]:
                return ast.Call(name, self.some(arguments), expand, at)
            case "i", [target, key]:
                return ast.Index(self.expr(target), self.expr(key), at)
            case "p", [target, steps, bool() as full]:
                return ast.Splat(self.expr(target), self.steps(steps), full, at)
            case "?", [condition, then, otherwise]:
                return ast.Conditional(self.expr(condition), self.expr(then), self.expr(otherwise), at)
            case "b", [str() as operator, left, right]:
                return ast.Binary(operator, self.expr(left), self.expr(right), at)
            case "u", [str() as operator, operand]:
                return ast.Unary(operator, self.expr(operand), at)
            case "f", _:
                return self.loop(at, rest)
        raise Malformed("no expression")

    def loop(self, at: Span, rest: list[Packed]) -> ast.For:
        match rest:
            case [(str() | None) as key, str() as value, collection, result_key, result, bool() as group, condition]:
                made = self.expr(collection), self.maybe(result_key), self.expr(result)
                return ast.For(key, value, *made, group, self.maybe(condition), at)
        raise Malformed("no loop")

    def pair(self, data: Packed) -> tuple[Expr, Expr]:
        match data:
            case [key, value]:
                return self.expr(key), self.expr(value)
        raise Malformed("no pair")

    def steps(self, data: Packed) -> tuple[str | Expr, ...]:
        return tuple(step if isinstance(step, str) else self.expr(step) for step in _items(data))

    def parts(self, data: Packed) -> tuple[Part, ...]:
        return tuple(self.part(part) for part in _items(data))

    def part(self, data: Packed) -> Part:
        match data:
            case str():
                return data
            case ["if", condition, then, otherwise]:
                return TemplateIf(self.expr(condition), self.parts(then), self.parts(otherwise))
            case ["for", (str() | None) as key, str() as value, collection, body]:
                return TemplateFor(key, value, self.expr(collection), self.parts(body))
        return self.expr(data)


def _items(data: Packed) -> list[Packed]:
    if isinstance(data, list):
        return data
    raise Malformed("no list")


def _value(data: Packed) -> str | bool | int | Decimal | None:
    match data:
        case None | bool() | str():
            return data
        case ["int", str() as text] if text.lstrip("-").isdecimal():
            return int(text)
        case ["decimal", str() as text] if (number := Decimal(text)).is_finite():
            return number
    raise Malformed("no literal")
