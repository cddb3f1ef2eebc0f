"""Terraform's JSON syntax → the same syntax tree. Strings are templates; every property becomes an attribute, except
those that are blocks of the language itself and not of a provider's schema.

https://developer.hashicorp.com/terraform/language/syntax/json. PyYAML (which cfn-lint brings) reads JSON with the place
of every node; ``json`` checks first that it is strict JSON.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

import yaml

from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Expr
from peerlint.terraform.grammar import HclError
from peerlint.terraform.syntax import literal_number, parse_template, reference
from peerlint.terraform.values import normalized

LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0, "terraform": 0}
"""How many labels the blocks have that peerlint reads; others are left out."""

NESTED = {
    "resource": {"dynamic": 1, "lifecycle": 0},
    "data": {"dynamic": 1, "lifecycle": 0},
    "provider": {"dynamic": 1},
    "terraform": {"backend": 1, "cloud": 0, "required_providers": 0},
    "dynamic": {"content": 0},
    "content": {"dynamic": 1},
}
"""The blocks of the language that stand in others, and how many labels they have."""

MAX_DEPTH = 200
LITERAL_ARGUMENTS = frozenset({"depends_on", "providers", "provider"})
REFERENCES = frozenset({"type", "ignore_changes", "iterator"})
"""Arguments that take a bare word or a type, which JSON writes as a string."""


def parse_json_body(text: str, file: str) -> Body:
    """The body that a ``.tf.json`` file writes. Raises HclError at the place of a syntax error."""
    blocks: list[Block] = []
    for key, value in _object(text, file).value:
        count = LABELS.get(key.value)
        if count is not None:
            blocks += _blocks(file, key.value, (), count, key, value)
    return Body({}, tuple(blocks))


def parse_json_values(text: str, file: str) -> Body:
    """The body of a ``.tfvars.json`` file, a value for each variable. Raises HclError at the place of an error."""
    return Body({k.value: _attribute(file, k, v, "values") for k, v in _object(text, file).value}, ())


def _object(text: str, file: str) -> yaml.MappingNode:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        at = Span(file, error.lineno, error.colno, error.lineno, error.colno + 1)
        raise HclError(f"not valid JSON: {error.msg[0].lower()}{error.msg[1:]}", at) from None
    except RecursionError:
        raise HclError("nested too deeply to be read", Span(file, 1, 1, 1, 1)) from None
    root = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise HclError("the file is not a JSON object", Span(file, 1, 1, 1, 1))
    return root


def _blocks(
    file: str, type: str, labels: tuple[str, ...], missing: int, key: yaml.Node, node: yaml.Node
) -> list[Block]:
    if isinstance(node, yaml.SequenceNode):
        return [b for item in node.value for b in _blocks(file, type, labels, missing, key, item)]
    if not isinstance(node, yaml.MappingNode):
        raise HclError(f"`{type}` takes an object here", _span(file, node))
    if missing:
        return [b for k, v in node.value for b in _blocks(file, type, (*labels, k.value), missing - 1, k, v)]
    extent = Span(file, *_start(key), *_end(node))
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for k, v in node.value:
        count = NESTED.get(type, {}).get(k.value)
        if count is not None and not isinstance(v, yaml.ScalarNode):
            blocks += _blocks(file, k.value, (), count, k, v)
        else:
            attributes[k.value] = _attribute(file, k, v, type)
    return [Block(type, labels, Body(attributes, tuple(blocks)), _span(file, key), extent)]


def _attribute(file: str, key: yaml.Node, value: yaml.Node, type: str) -> Attribute:
    described = (type, key.value) == ("output", "description")
    literal = type in ("variable", "values") or described or key.value in LITERAL_ARGUMENTS
    expr = _expr(file, value, literal, 0)
    if key.value in REFERENCES and type in ("variable", "lifecycle", "dynamic"):
        expr = _named(expr)
    return Attribute(key.value, expr, Span(file, *_start(key), *_end(value)))


def _named(expr: Expr) -> Expr:
    """What a string names, or a list of strings."""
    match expr:
        case ast.Literal(value=str() as text, span=at):
            found = reference(text)
            return _placed(found, at) if found is not None else expr
        case ast.Tuple(items=items, span=at):
            return ast.Tuple(tuple(map(_named, items)), at)
        case _:
            return expr


def _expr(file: str, node: yaml.Node, literal: bool, depth: int) -> Expr:
    at = _span(file, node)
    if depth > MAX_DEPTH:
        raise HclError("nested too deeply to be read", at)
    if isinstance(node, yaml.SequenceNode):
        return ast.Tuple(tuple(_expr(file, item, literal, depth + 1) for item in node.value), at)
    if isinstance(node, yaml.MappingNode):
        pairs = ((_expr(file, k, literal, depth + 1), _expr(file, v, literal, depth + 1)) for k, v in node.value)
        return ast.Object(tuple(pairs), at)
    if isinstance(node, yaml.ScalarNode) and node.style == '"':
        if literal or "{" not in node.value:
            return ast.Literal(normalized(node.value), at)
        return parse_template(node.value, file, at.line, at.column + 1)
    value = json.loads(node.value, parse_float=literal_number)
    return ast.Literal(value, at)


E_ = TypeVar("E_")


def _placed(thing: E_, at: Span) -> E_:
    """An expression of which every part stands at one place."""
    if isinstance(thing, tuple):
        return cast(E_, tuple(_placed(item, at) for item in thing))
    if not is_dataclass(thing) or isinstance(thing, type | Span):
        return thing
    return replace(
        thing, **{f.name: at if f.name == "span" else _placed(getattr(thing, f.name), at) for f in fields(thing)}
    )


def _span(file: str, node: yaml.Node) -> Span:
    return Span(file, *_start(node), *_end(node))


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end(node: yaml.Node) -> tuple[int, int]:
    return node.end_mark.line + 1, node.end_mark.column + 1
