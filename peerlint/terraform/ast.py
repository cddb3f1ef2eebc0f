"""The syntax tree of an HCL body, with a place for every node.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias, assert_never

from msgspec import Struct

from peerlint.network.values import Span
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.values import Plain


class Literal(Struct, frozen=True):
    """A number, ``true``, ``false``, ``null``, or a string without interpolation."""

    value: Plain
    span: Span


class Template(Struct, frozen=True):
    """A string with interpolations and directives. ``wrapped`` is one whose only part is an interpolation."""

    parts: tuple[Part, ...]
    span: Span

    @property
    def wrapped(self) -> Expr | None:
        """The expression of a template that is nothing but one interpolation."""
        part = self.parts[0] if len(self.parts) == 1 else None
        return None if part is None or isinstance(part, str | TemplateIf | TemplateFor) else part


class TemplateIf(Struct, frozen=True):
    """``%{ if … }…%{ else }…%{ endif }``."""

    condition: Expr
    then: tuple[Part, ...]
    otherwise: tuple[Part, ...]


class TemplateFor(Struct, frozen=True):
    """``%{ for k, v in … }…%{ endfor }``."""

    key: str | None
    value: str
    collection: Expr
    body: tuple[Part, ...]


class Tuple(Struct, frozen=True):
    """``[a, b]``."""

    items: tuple[Expr, ...]
    span: Span


class Object(Struct, frozen=True):
    """``{ k = v }``; a bare identifier as key is a :class:`Literal`."""

    items: tuple[tuple[Expr, Expr], ...]
    span: Span


class Name(Struct, frozen=True):
    """The first step of a reference: ``var``, ``aws_vpc``, ``each``, or a ``for`` variable."""

    name: str
    span: Span


class GetAttr(Struct, frozen=True):
    """``target.name``."""

    target: Expr
    name: str
    span: Span


class Index(Struct, frozen=True):
    """``target[key]``, or the legacy ``target.0``."""

    target: Expr
    key: Expr
    span: Span


ITEM = "*"
"""The name of a splat's element in the steps that are splats themselves."""


class Splat(Struct, frozen=True):
    """``target[*].a.b`` or ``target.*.a.b``: the steps are attribute names and index expressions.

    With ``full`` (``[*]``) indexes apply to each element, and so does a splat further on: it is a step whose target is
    ITEM. After ``.*`` they apply to the result.
    """

    target: Expr
    steps: tuple[str | Expr, ...]
    full: bool
    span: Span


class Call(Struct, frozen=True):
    """``name(arguments)``; ``expand`` marks a last argument followed by ``...``."""

    name: str
    arguments: tuple[Expr, ...]
    expand: bool
    span: Span


class Conditional(Struct, frozen=True):
    """``condition ? then : otherwise``."""

    condition: Expr
    then: Expr
    otherwise: Expr
    span: Span


class Binary(Struct, frozen=True):
    """``left operator right``."""

    operator: str
    left: Expr
    right: Expr
    span: Span


class Unary(Struct, frozen=True):
    """``!operand`` or ``-operand``."""

    operator: str
    operand: Expr
    span: Span


class For(Struct, frozen=True):
    """A ``for`` expression. ``result_key`` is ``None`` for the tuple form; ``group`` is the object form's ``...``."""

    key: str | None
    value: str
    collection: Expr
    result_key: Expr | None
    result: Expr
    group: bool
    condition: Expr | None
    span: Span


class Unreadable(Struct, frozen=True):
    """A text that is no expression; ``message`` says what is wrong with it at the place."""

    text: str
    message: str
    span: Span


Expr: TypeAlias = (
    Literal
    | Template
    | Tuple
    | Object
    | Name
    | GetAttr
    | Index
    | Splat
    | Call
    | Conditional
    | Binary
    | Unary
    | For
    | Unreadable
)
Part: TypeAlias = str | Expr | TemplateIf | TemplateFor


class Deferred:
    """An expression that is parsed when it is first asked for."""

    __slots__ = ("_expr", "_parse")

    def __init__(self, parse: Callable[[], Expr]) -> None:
        self._parse = parse
        self._expr: Expr | None = None

    @property
    def expr(self) -> Expr:
        """The expression."""
        if self._expr is None:
            self._expr = self._parse()
        return self._expr


class Attribute(Struct, frozen=True):
    """``name = expression``; ``span`` runs from the name to the end of the expression."""

    name: str
    content: Expr | Deferred
    span: Span

    @property
    def expr(self) -> Expr:
        """The expression."""
        return self.content.expr if isinstance(self.content, Deferred) else self.content


class Body(Struct, frozen=True):
    """The attributes and nested blocks between braces, in the order written."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]


class Unparsed(Protocol):
    """What stands in a block that is parsed only when it is asked for."""

    def parsed(self) -> Body:
        """The body. Raises UnreadError where it is no HCL."""

    def may_hold(self, pattern: str) -> bool:
        """Whether a text may stand in it that a regular expression finds: false only where it certainly does not."""


class Block(Struct, frozen=True):
    """A block; ``header`` is the place of its type and labels, ``extent`` that of the whole block."""

    type: str
    labels: tuple[str, ...]
    content: Body | Unparsed
    header: Span
    extent: Span

    @property
    def body(self) -> Body:
        """What stands in it. Raises UnreadError where that is no HCL."""
        return self.content if isinstance(self.content, Body) else self.content.parsed()

    def read(self) -> Body | None:
        """What stands in it, or ``None`` where that is no HCL."""
        try:
            return self.body
        except UnreadError:
            return None

    def may_hold(self, pattern: str) -> bool:
        """Whether a text may stand in it that a regular expression finds: false only where it certainly does not."""
        return isinstance(self.content, Body) or self.content.may_hold(pattern)

    def text_of(self, argument: str) -> str | None:
        """The plain string that an argument is; ``None`` for one that is another expression or is not written."""
        if not self.may_hold(rf'\b{argument}[ \t\r]*=[ \t\r]*["(<]'):
            return None
        body = self.read()
        attribute = body.attributes.get(argument) if body is not None else None
        match attribute.expr if attribute is not None else None:
            case Literal(value=str() as text):
                return text
            case _:
                return None


def is_within(step: str | Expr) -> bool:
    """Whether a step of a splat is itself a splat, of the element."""
    while isinstance(step, Splat):
        step = step.target
    return isinstance(step, Name) and step.name == ITEM


def within(expr: Expr) -> Iterator[Expr]:
    """An expression, and all that it is made of."""
    yield expr
    for part in parts(expr):
        yield from within(part)


def parts(expr: Expr) -> Iterator[Expr]:
    """The expressions that one is directly made of."""
    match expr:
        case Template(parts=pieces):
            yield from (p for p in pieces if not isinstance(p, str | TemplateIf | TemplateFor))
        case Tuple(items=items):
            yield from items
        case Object(items=pairs):
            yield from (part for pair in pairs for part in pair)
        case GetAttr(target=target):
            yield target
        case Index(target=target, key=key):
            yield from (target, key)
        case Splat(target=target, steps=steps):
            yield from (target, *(step for step in steps if not isinstance(step, str)))
        case Call(arguments=arguments):
            yield from arguments
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            yield from (condition, then, otherwise)
        case Binary(left=left, right=right):
            yield from (left, right)
        case Unary(operand=operand):
            yield operand
        case For(collection=collection, result_key=key, result=result, condition=condition):
            yield from (p for p in (collection, key, result, condition) if p is not None)
        case Literal() | Name() | Unreadable():
            return
        case _:
            assert_never(expr)
