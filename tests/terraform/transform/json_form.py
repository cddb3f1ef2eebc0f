"""The same configuration in Terraform's JSON syntax (https://developer.hashicorp.com/terraform/language/syntax/json)."""

from __future__ import annotations

import json
from typing import TypeAlias

from peerlint.terraform import ast
from peerlint.terraform.ast import Block, Body, Expr
from tests.terraform.transform.source import Folder, parsed, text_at

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

BARE = frozenset({"type", "provider", "providers", "depends_on", "iterator", "ignore_changes", "configuration_aliases"})
"""Arguments whose references are written as plain strings."""


def json_syntax(folder: Folder) -> Folder | None:
    """Every ``.tf`` file as ``.tf.json``."""
    bodies = parsed(folder)
    if any("<<" in folder[path] or "%{" in folder[path] or "peerlint:" in folder[path] for path in bodies):
        return None
    result = {path: text for path, text in folder.items() if path not in bodies}
    for path, body in bodies.items():
        found: dict[str, Json] = {}
        for block in body.blocks:
            _put(found, [block.type, *block.labels], _body(folder, block.body))
        result[f"{path}.json"] = json.dumps(found, indent=2)
    return result


def _put(into: dict[str, Json], path: list[str], value: Json) -> None:
    """A block under its type and labels; several with the same ones are a list."""
    *outer, last = path
    for step in outer:
        inner = into.setdefault(step, {})
        assert isinstance(inner, dict)
        into = inner
    known = into.setdefault(last, [])
    assert isinstance(known, list)
    known.append(value)


def _body(folder: Folder, body: Body) -> Json:
    found: dict[str, Json] = {
        name: _bare(folder, attribute.expr) if name in BARE else _expr(folder, attribute.expr)
        for name, attribute in body.attributes.items()
    }
    for block in body.blocks:
        _nested(folder, found, block)
    return found


def _nested(folder: Folder, into: dict[str, Json], block: Block) -> None:
    _put(into, [block.type, *block.labels], _body(folder, block.body))


def _bare(folder: Folder, expr: Expr) -> Json:
    match expr:
        case ast.Tuple(items=items):
            return [_bare(folder, item) for item in items]
        case ast.Object(items=pairs):
            return {str(_bare(folder, key)): _bare(folder, value) for key, value in pairs}
        case ast.Literal(value=str() as text):
            return text
        case _:
            return text_at(folder, expr.span)


def _expr(folder: Folder, expr: Expr) -> Json:
    match expr:
        case ast.Literal(value=str() as text):
            return text.replace("${", "$${").replace("%{", "%%{")
        case ast.Literal(value=bool() | int() | None as plain):
            return plain
        case ast.Tuple(items=items):
            return [_expr(folder, item) for item in items]
        case ast.Object(items=pairs) if all(isinstance(key, ast.Literal) for key, _ in pairs):
            return {str(key.value): _expr(folder, v) for key, v in pairs if isinstance(key, ast.Literal)}
        case ast.Template(span=span):
            return text_at(folder, span)[1:-1].replace('\\"', '"')
        case _:
            return "${" + text_at(folder, expr.span) + "}"
