"""Terraform's JSON syntax → the same syntax tree. Every property becomes an attribute; strings are templates.

https://developer.hashicorp.com/terraform/language/syntax/json. PyYAML (which cfn-lint brings) reads JSON with the place
of every node; ``json`` checks first that it is strict JSON.
"""

from __future__ import annotations

import json

import yaml

from peerlint.network.values import Span
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Expr
from peerlint.terraform.grammar import HclError
from peerlint.terraform.syntax import literal_number, parse_template
from peerlint.terraform.values import normalized

LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0, "terraform": 0}
"""How many labels the blocks have that peerlint reads; others are left out."""

MAX_DEPTH = 200
LITERAL_ARGUMENTS = frozenset({"type", "depends_on", "providers", "provider"})


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
    return Body({k.value: _attribute(file, k, v, f"variable.{k.value}") for k, v in _object(text, file).value}, ())


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
    attributes = {k.value: _attribute(file, k, v, f"{type}.{k.value}") for k, v in node.value}
    return [Block(type, labels, Body(attributes, ()), _span(file, key), extent)]


def _attribute(file: str, key: yaml.Node, value: yaml.Node, path: str) -> Attribute:
    literal = path.startswith("variable.") or path == "output.description" or key.value in LITERAL_ARGUMENTS
    return Attribute(key.value, _expr(file, value, literal, 0), Span(file, *_start(key), *_end(value)))


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


def _span(file: str, node: yaml.Node) -> Span:
    return Span(file, *_start(node), *_end(node))


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end(node: yaml.Node) -> tuple[int, int]:
    return node.end_mark.line + 1, node.end_mark.column + 1
