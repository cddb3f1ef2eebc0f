"""``count`` and ``for_each`` → the instances of a block, certain or not.

https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from peerlint.network.model import CERTAIN, Presence
from peerlint.network.values import Known, Span, Unknown, Why
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Expr
from peerlint.terraform.ast_text import render
from peerlint.terraform.convert import to_number
from peerlint.terraform.evaluate import evaluate
from peerlint.terraform.objects import MissingOutputError
from peerlint.terraform.scope import Scope
from peerlint.terraform.values import EvaluationError, Plain, TfSet, TfValue, derived, element_of, key_of


class Shape(Enum):
    """How the instances of a block are addressed."""

    SINGLE = "single"
    COUNT = "count"
    EACH = "for_each"


class Item(Struct, frozen=True):
    """One instance: its key, and what ``each`` and ``count`` mean in it."""

    key: int | str | None
    presence: Presence = CERTAIN
    each: tuple[TfValue, TfValue] | None = None
    count: TfValue | None = None

    def scope(self, scope: Scope) -> Scope:
        """The scope of the instance's arguments."""
        return replace(scope, each=self.each, count=self.count)


class Expansion(Struct, frozen=True):
    """All instances. With ``many`` the only item stands for an unknown number of them."""

    shape: Shape
    items: tuple[Item, ...]
    many: bool = False


def expand(block: Block, scope: Scope) -> Expansion:
    """The instances of a resource, data source or module call."""
    count, each = block.body.attributes.get("count"), block.body.attributes.get("for_each")
    if count is None and each is None:
        return Expansion(Shape.SINGLE, (Item(None),))
    argument = count or each
    assert argument is not None
    shape = Shape.COUNT if count is not None else Shape.EACH
    try:
        return _expand(argument.expr, scope, shape, CERTAIN)
    except RecursionError:
        scope.module.budget.depth(argument.span)
    except MissingOutputError as error:
        scope.module.report(error.problem)
    except EvaluationError:
        pass
    return _unknown_number(shape, unevaluated(argument.expr))


def unevaluated(expr: Expr) -> Unknown:
    """The unknown that an argument with an error stands for."""
    return Unknown(Why.UNSUPPORTED, render(expr), expr.span)


def _expand(expr: Expr, scope: Scope, shape: Shape, presence: Presence) -> Expansion:
    value = evaluate(expr, scope)
    if isinstance(value, Unknown):
        arm = taken_arm(expr, scope)
        if arm is None:
            return _unknown_number(shape, value)
        inner, inner_scope, guards = arm
        doubt = f"{value.reason}, so its `{shape.value}` is undecided"
        return _expand(inner, inner_scope, shape, Presence(doubt, presence.guards | guards))
    most = scope.module.budget.limits.instances
    items = _counted(value, presence, most) if shape is Shape.COUNT else _keyed(value, presence)
    return Expansion(shape, tuple(items))


def keyed(expansion: Expansion, keys: Sequence[int | str]) -> Expansion:
    """The instances with the keys that a plan tells, in place of those that evaluation finds."""
    if expansion.shape is Shape.SINGLE:
        return expansion
    found = {item.key: item for item in expansion.items}
    items = []
    for key in keys:
        each = found[key].each if key in found else _any_entry(expansion, key)
        items.append(Item(key, each=each, count=Known(key) if isinstance(key, int) else None))
    return Expansion(expansion.shape, tuple(items))


def _any_entry(expansion: Expansion, key: int | str) -> tuple[TfValue, TfValue] | None:
    """``each`` of an instance of which only the key is known; the value of a set's element is the element."""
    if expansion.shape is not Shape.EACH or not expansion.items:
        return None
    value = expansion.items[0].each
    return Known(key), Unknown(Why.UNSUPPORTED, "each.value") if value is None else value[1]


def uncounted(shape: Shape, at: Span) -> Expansion:
    """One instance that stands for more than peerlint expands."""
    return _unknown_number(shape, Unknown(Why.UNSUPPORTED, "the number of its instances", at))


def _unknown_number(shape: Shape, value: Unknown) -> Expansion:
    presence = Presence(f"{value.reason}, so its `{shape.value}` is undecided", many=True)
    if shape is Shape.COUNT:
        return Expansion(shape, (Item("*", presence, count=derived(value)),), many=True)
    return Expansion(shape, (Item("*", presence, each=(key_of(value), element_of(value))),), many=True)


def _counted(value: Known[Plain], presence: Presence, most: int) -> Sequence[Item]:
    plain = value.value
    if isinstance(plain, bool):
        plain = int(plain)
    number = to_number(Known(plain, value.at))
    if not isinstance(number, Known) or not isinstance(number.value, int) or number.value < 0:
        raise EvaluationError("`count` must be a whole number, 0 or more")
    size = min(number.value, most + 1)
    return [Item(index, presence, count=Known(index)) for index in range(size)]


def _keyed(value: Known[Plain], presence: Presence) -> Sequence[Item]:
    match value.value:
        case dict() as items:
            return [Item(key, presence, each=(Known(key), item)) for key, item in items.items()]
        case TfSet(items=elements) | (tuple() as elements):
            return [_element(item, presence) for item in elements]
        case None:
            raise EvaluationError("`for_each` is null")
        case _:
            raise EvaluationError("`for_each` must be a map or a set of strings")


def _element(item: TfValue, presence: Presence) -> Item:
    if isinstance(item, Known) and isinstance(item.value, str):
        return Item(item.value, presence, each=(item, item))
    reason = item.reason if isinstance(item, Unknown) else "an element is not a string"
    return Item("*", Presence(f"{reason}, so its `for_each` is undecided", presence.guards), each=(item, item))


def key_text(key: int | str | None) -> str:
    """An instance key as addresses show it."""
    match key:
        case None:
            return ""
        case "*":
            return "[*]"
        case int():
            return f"[{key}]"
        case _:
            return f'["{key}"]'


def joined(outer: Presence, inner: Presence) -> Presence:
    """The presence of a thing inside another."""
    doubt = inner.doubt if inner.doubt is not None else outer.doubt
    return Presence(doubt, outer.guards | inner.guards, outer.many or inner.many)


# --- Which arm a resource stands under -------------------------------------------------------------------------------


def taken_arm(expr: Expr, scope: Scope) -> tuple[Expr, Scope, frozenset[tuple[str, bool]]] | None:
    """The arm of an undecided conditional under which anything exists, where the other arm is empty.

    With it come the conditions that it needs.
    """
    expr, scope = defining(expr, scope)
    if not isinstance(expr, ast.Conditional):
        return None
    if is_empty(expr.otherwise, scope):
        return expr.then, scope, guards_of(expr.condition, scope, True)
    if is_empty(expr.then, scope):
        return expr.otherwise, scope, guards_of(expr.condition, scope, False)
    return None


def chosen_arm(expr: Expr, scope: Scope) -> tuple[Expr, Scope, frozenset[tuple[str, bool]]] | None:
    """The arm of an undecided conditional under which an argument is written, where the other arm is null."""
    expr, scope = defining(expr, scope)
    match expr:
        case ast.Conditional(condition=condition, then=then, otherwise=ast.Literal(value=None)):
            return then, scope, guards_of(condition, scope, True)
        case ast.Conditional(condition=condition, then=ast.Literal(value=None), otherwise=otherwise):
            return otherwise, scope, guards_of(condition, scope, False)
        case _:
            return None


def is_empty(expr: Expr, scope: Scope) -> bool:
    """Whether a ``count`` or ``for_each`` of this value makes no instance."""
    try:
        value = evaluate(expr, scope)
    except EvaluationError:
        return False
    match value:
        case Known(value=0 | "0" | False | "false"):
            return True
        case Known(value=TfSet(items=items)):
            return not items
        case Known(value=(tuple() | dict()) as items):
            return not items
        case _:
            return False


def defining(expr: Expr, scope: Scope) -> tuple[Expr, Scope]:
    """The expression behind a reference to a local or to a module's variable, and the scope it is evaluated in."""
    for _ in range(50):
        match expr:
            case ast.Template() if expr.wrapped is not None:
                expr = expr.wrapped
            case ast.GetAttr(target=ast.Name(name="local" | "var" as kind), name=name):
                found = scope.module.definition(kind, name)
                if found is None:
                    return expr, scope
                expr, scope = found
            case _:
                return expr, scope
    return expr, scope


def guards_of(expr: Expr, scope: Scope, answer: bool) -> frozenset[tuple[str, bool]]:
    """The undecided conditions, each with its answer, that make ``expr`` come out as ``answer``."""
    expr, scope = defining(expr, scope)
    match expr:
        case ast.Unary(operator="!", operand=operand):
            return guards_of(operand, scope, not answer)
        case ast.Binary(operator="&&", left=left, right=right) if answer:
            return guards_of(left, scope, True) | guards_of(right, scope, True)
        case ast.Binary(operator="||", left=left, right=right) if not answer:
            return guards_of(left, scope, False) | guards_of(right, scope, False)
        case ast.Binary(operator="!=", left=left, right=right):
            return guards_of(ast.Binary("==", left, right, expr.span), scope, not answer)
        case (
            ast.Binary(operator="==", left=ast.Literal(value=bool() as told), right=other)
            | ast.Binary(operator="==", left=other, right=ast.Literal(value=bool() as told))
        ) if answer:
            return guards_of(other, scope, told)
    try:
        value = evaluate(expr, scope)
    except EvaluationError:
        return frozenset()
    if isinstance(value, Known):
        return frozenset()
    if value.of is not None and not value.of.many:
        return frozenset({(f"{value.of.stack}:{value.of}", answer)})
    return frozenset({(f"{scope.module.files.root_dir}:{scope.module.address}:{render(expr)}", answer)})
