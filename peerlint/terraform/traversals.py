"""The references in a block, as the static traversals that Terraform reads out of its expressions.

``module.a["x"].out`` is one traversal; ``module.a[var.key].out`` and ``module.a[*].out`` are the traversal ``module.a``
with something done to its value (https://developer.hashicorp.com/terraform/language/expressions/references).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from peerlint.terraform import ast
from peerlint.terraform.ast import Body, Expr, Part

Traversal: TypeAlias = tuple[str, ...]
"""The names of a reference: ``("module", "a", "out")``. Instance keys are left out. An empty one may be any."""

_QUOTED = re.compile(r"\[[^]]*\]")


def in_body(body: Body) -> Iterator[Traversal]:
    """The references in a body, at any depth."""
    for name, attribute in body.attributes.items():
        yield from in_depends_on(attribute.expr) if name == "depends_on" else in_expr(attribute.expr)
    for block in body.blocks:
        yield from in_body(block.body)


def in_depends_on(expr: Expr) -> Iterator[Traversal]:
    """The references of a ``depends_on``, in which JSON and older releases write them as strings."""
    for item in expr.items if isinstance(expr, ast.Tuple) else (expr,):
        if isinstance(item, ast.Literal) and isinstance(item.value, str):
            yield tuple(_QUOTED.sub("", item.value).split("."))
        else:
            yield from in_expr(item)


def in_expr(expr: Expr) -> Iterator[Traversal]:
    """The references in an expression."""
    pending = [expr]
    while pending:
        current = pending.pop()
        steps = _traversal(current)
        if steps is not None:
            yield steps
            continue
        if isinstance(current, ast.Unreadable):
            yield ()
        if isinstance(current, ast.Template):
            for part in current.parts:
                pending.extend(_of_directive(part))
        pending.extend(ast.parts(current))


def _traversal(expr: Expr) -> Traversal | None:
    names: list[str] = []
    current = expr
    while True:
        match current:
            case ast.GetAttr(target=target, name=name):
                names.append(name)
                current = target
            case ast.Index(target=target, key=ast.Literal()):
                current = target
            case ast.Name(name=name):
                return (name, *reversed(names))
            case _:
                return None


def _of_directive(part: Part) -> Iterator[Expr]:
    """The expressions of ``%{ if }`` and ``%{ for }``."""
    match part:
        case ast.TemplateIf(condition=condition, then=then, otherwise=otherwise):
            yield condition
            inner = (*then, *otherwise)
        case ast.TemplateFor(collection=collection, body=body):
            yield collection
            inner = body
        case _:
            return
    for each in inner:
        if isinstance(each, ast.TemplateIf | ast.TemplateFor):
            yield from _of_directive(each)
        elif not isinstance(each, str):
            yield each
