"""Expressions as canonical text."""

from __future__ import annotations

from typing import assert_never

from peerlint.terraform.ast import (
    ITEM,
    Binary,
    Body,
    Call,
    Conditional,
    Expr,
    For,
    GetAttr,
    Index,
    Literal,
    Name,
    Object,
    Part,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Tuple,
    Unary,
    Unreadable,
    is_within,
)
from peerlint.terraform.values import Plain


def render(expr: Expr) -> str:
    """The expression as canonical text, for reasons, guards and identities."""
    match expr:
        case Literal(value=value):
            return _literal(value)
        case Template(parts=parts):
            return '"' + "".join(_part(part) for part in parts) + '"'
        case Tuple(items=items):
            return "[" + ", ".join(map(render, items)) + "]"
        case Object(items=pairs):
            return "{" + ", ".join(f"{render(k)} = {render(v)}" for k, v in pairs) + "}"
        case Name(name=name):
            return name
        case GetAttr(target=target, name=name):
            return f"{render(target)}.{name}"
        case Index(target=target, key=key):
            return f"{render(target)}[{render(key)}]"
        case Splat(target=target, steps=steps):
            return f"{render(target)}[*]" + "".join(map(_step, steps))
        case Call(name=name, arguments=arguments, expand=expand):
            return f"{name}({', '.join(map(render, arguments))}{'...' if expand else ''})"
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"{render(condition)} ? {render(then)} : {render(otherwise)}"
        case Binary(operator=operator, left=left, right=right):
            return f"{_operand(left)} {operator} {_operand(right)}"
        case Unary(operator=operator, operand=operand):
            return f"{operator}{_operand(operand)}"
        case For():
            return _for(expr)
        case Unreadable(text=text):
            return text
        case _:
            assert_never(expr)


def _step(step: str | Expr) -> str:
    if isinstance(step, str):
        return f".{step}"
    return render(step).removeprefix(ITEM) if is_within(step) else f"[{render(step)}]"


def _literal(value: Plain) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case _:
            return str(value)


def _part(part: Part) -> str:
    match part:
        case str():
            return part
        case TemplateIf() | TemplateFor():
            return "%{…}"
        case _:
            return "${" + render(part) + "}"


def _operand(expr: Expr) -> str:
    return f"({render(expr)})" if isinstance(expr, Binary | Conditional) else render(expr)


def _for(expr: For) -> str:
    names = f"{expr.key}, {expr.value}" if expr.key else expr.value
    condition = f" if {render(expr.condition)}" if expr.condition else ""
    if expr.result_key is None:
        return f"[for {names} in {render(expr.collection)} : {render(expr.result)}{condition}]"
    group = "..." if expr.group else ""
    pair = f"{render(expr.result_key)} => {render(expr.result)}{group}"
    return f"{{for {names} in {render(expr.collection)} : {pair}{condition}}}"


def mentions(body: Body, text: str) -> bool:
    """Whether an expression anywhere in a body has a text in it."""
    attributes = any(text in render(attribute.expr) for attribute in body.attributes.values())
    return attributes or any(mentions(block.body, text) for block in body.blocks)
