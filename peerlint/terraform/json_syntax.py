"""Terraform's JSON syntax → the same syntax tree. Strings are templates; every property becomes an attribute, except
those that are blocks of the language itself and not of a provider's schema.

https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

from typing import TypeVar, assert_never, cast

from peerlint.json_nodes import (
    JsonArray,
    JsonError,
    JsonLimitError,
    JsonMember,
    JsonNode,
    JsonNumber,
    JsonObject,
    JsonScalar,
    parse_json,
)
from peerlint.network.values import Span
from peerlint.records import field_names, is_record, replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Expr
from peerlint.terraform.errors import HclError
from peerlint.terraform.syntax import literal_number, parse_template, reference
from peerlint.terraform.values import normalized

LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0, "terraform": 0}
"""How many labels the blocks have that peerlint reads; others are left out."""

NESTED = {
    "resource": {"dynamic": 1, "lifecycle": 0, "connection": 0, "provisioner": 1},
    "provisioner": {"connection": 0},
    "data": {"dynamic": 1, "lifecycle": 0},
    "provider": {"dynamic": 1},
    "terraform": {"backend": 1, "cloud": 0, "required_providers": 0},
    "dynamic": {"content": 0},
    "content": {"dynamic": 1},
}
"""The blocks of the language that stand in others, and how many labels they have."""

MAX_DEPTH = 200
MAX_NODES = 1_000_000
LITERAL_ARGUMENTS = frozenset({"depends_on", "providers", "provider"})
REFERENCES = frozenset({"type", "ignore_changes", "iterator"})
"""Arguments that take a bare word or a type, which JSON writes as a string."""


def parse_json_body(text: str, file: str) -> Body:
    """The body that a ``.tf.json`` file writes. Raises HclError at the place of a syntax error."""
    blocks: list[Block] = []
    for member in _object(text, file).members:
        count = LABELS.get(member.name)
        if count is not None:
            blocks += _blocks(member.name, (), count, member)
    return Body({}, tuple(blocks))


def parse_json_values(text: str, file: str) -> Body:
    """The body of a ``.tfvars.json`` file, a value for each variable. Raises HclError at the place of an error."""
    return Body({member.name: _attribute(member, "values") for member in _object(text, file).members}, ())


def _object(text: str, file: str) -> JsonObject:
    try:
        root = parse_json(text, file, MAX_DEPTH, MAX_NODES)
    except JsonLimitError as error:
        raise HclError(error.message, error.at) from None
    except JsonError as error:
        raise HclError(f"not valid JSON: {error.message[0].lower()}{error.message[1:]}", error.at) from None
    if not isinstance(root, JsonObject):
        raise HclError("the file is not a JSON object", Span(file, 1, 1, 1, 1))
    return root


def _blocks(type: str, labels: tuple[str, ...], missing: int, written: JsonMember) -> list[Block]:
    """The blocks that a member writes, which lacks so many labels."""
    node = written.value
    if isinstance(node, JsonArray):
        items = (replace(written, value=item) for item in node.items)
        return [block for item in items for block in _blocks(type, labels, missing, item)]
    if not isinstance(node, JsonObject):
        raise HclError(f"`{type}` takes an object here", node.at)
    if missing:
        return [b for inner in node.members for b in _blocks(type, (*labels, inner.name), missing - 1, inner)]
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for inner in node.members:
        count = NESTED.get(type, {}).get(inner.name)
        if count is not None and isinstance(inner.value, JsonArray | JsonObject):
            blocks += _blocks(inner.name, (), count, inner)
        else:
            attributes[inner.name] = _attribute(inner, type)
    return [Block(type, labels, Body(attributes, tuple(blocks)), written.at, _extent(written))]


def _extent(member: JsonMember) -> Span:
    """From the name to the end of the value."""
    end = member.value.at
    return replace(member.at, end_line=end.end_line, end_column=end.end_column)


def _attribute(member: JsonMember, type: str) -> Attribute:
    described = (type, member.name) == ("output", "description")
    literal = type in ("variable", "values") or described or member.name in LITERAL_ARGUMENTS
    expr = _expr(member.value, literal)
    if member.name in REFERENCES and type in ("variable", "lifecycle", "dynamic"):
        expr = _named(expr)
    return Attribute(member.name, expr, _extent(member))


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


def _expr(node: JsonNode, literal: bool) -> Expr:
    match node:
        case JsonArray(items=items, at=at):
            return ast.Tuple(tuple(_expr(item, literal) for item in items), at)
        case JsonObject(members=members, at=at):
            return ast.Object(tuple((_text(m.name, m.at, literal), _expr(m.value, literal)) for m in members), at)
        case JsonScalar(value=str() as text, at=at):
            return _text(text, at, literal)
        case JsonScalar(value=value, at=at):
            return ast.Literal(value, at)
        case JsonNumber(text=text, at=at):
            return ast.Literal(literal_number(text), at)
    assert_never(node)


def _text(text: str, at: Span, literal: bool) -> Expr:
    if literal or "{" not in text:
        return ast.Literal(normalized(text), at)
    return parse_template(text, at.file, at.line, at.column + 1)


E_ = TypeVar("E_")


def _placed(thing: E_, at: Span) -> E_:
    """An expression of which every part stands at one place."""
    if isinstance(thing, tuple):
        return cast(E_, tuple(_placed(item, at) for item in thing))
    if not is_record(thing) or isinstance(thing, Span):
        return thing
    return replace(
        thing, **{name: at if name == "span" else _placed(getattr(thing, name), at) for name in field_names(thing)}
    )
