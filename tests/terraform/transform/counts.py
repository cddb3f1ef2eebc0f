"""``for_each`` in place of ``count``."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Expr
from tests.terraform.transform.source import Edit, Folder, Reference, declared, edited, modules, references


def for_each(folder: Folder) -> Folder | None:
    """Every ``count`` that is a small number, or a choice of two, as a set of the same keys.

    A resource stays as it is where it is referred to in another way than by an instance, or by a splat.
    """
    edits: list[Edit] = []
    for files in modules(folder).values():
        found = [reference for body in files.values() for reference in references(body)]
        for block in (block for body in files.values() for block in body.blocks):
            count, key = block.body.attributes.get("count"), declared(block)
            own = [reference for reference in found if reference.key == key]
            if count is None or key is None or not _is_small(count.expr) or not all(map(_is_keyed, own)):
                continue
            name = replace(count.span, end_line=count.span.line, end_column=count.span.column + len("count"))
            edits += [(name, "for_each"), *_sets(count.expr)]
            edits += [(r.expr.span, "tonumber(each.key)") for r in references(block.body) if r.kind == "count"]
            edits += [edit for reference in own for edit in _keyed(reference)]
    return edited(folder, edits) if edits else None


def _is_small(expr: Expr) -> bool:
    match expr:
        case ast.Literal(value=int() as number):
            return not isinstance(number, bool) and number <= 10
        case ast.Conditional(then=then, otherwise=otherwise):
            return _is_small(then) and _is_small(otherwise)
        case _:
            return False


def _sets(expr: Expr) -> Iterator[Edit]:
    match expr:
        case ast.Literal(value=int() as number, span=span):
            keys = ", ".join(f'"{index}"' for index in range(number))
            yield span, f"toset([{keys}])"
        case ast.Conditional(then=then, otherwise=otherwise):
            yield from _sets(then)
            yield from _sets(otherwise)


def _is_keyed(reference: Reference) -> bool:
    match reference.around:
        case ast.Index(target=target) | ast.Splat(target=target):
            return target is reference.expr
        case _:
            return False


def _keyed(reference: Reference) -> Iterator[Edit]:
    own = reference.expr.span
    match reference.around:
        case ast.Index(key=ast.Literal(value=value), span=span):
            yield replace(span, line=own.end_line, column=own.end_column), f'["{value}"]'
        case ast.Index(key=key):
            yield _start(key.span), "tostring("
            yield _end(key.span), ")"
        case _:
            yield _start(own), "values("
            yield _end(own), ")"


def _start(span: Span) -> Span:
    return replace(span, end_line=span.line, end_column=span.column)


def _end(span: Span) -> Span:
    return replace(span, line=span.end_line, column=span.end_column)
