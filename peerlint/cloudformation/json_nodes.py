"""JSON templates, read strictly, as nodes with exact places.

cfn-lint's JSON decoder keeps no place for anything but keys and containers, and compares every key with every other.
"""

from __future__ import annotations

from typing import assert_never

from peerlint import json_nodes
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_DEPTH, MAX_NODES, Unreadable, plain_number
from peerlint.json_nodes import JsonArray, JsonError, JsonNode, JsonNumber, JsonObject, JsonScalar


def parse_json(text: str, file: str) -> Node:
    """The tree of a JSON text. Raises Unreadable at the first offence against RFC 8259, or for a duplicate key."""
    try:
        return _node(json_nodes.parse_json(text, file, MAX_DEPTH, MAX_NODES))
    except JsonError as error:
        raise Unreadable(error.message, error.at.line, error.at.column) from None


def _node(json: JsonNode) -> Node:
    match json:
        case JsonScalar(value=value, at=at):
            return ScalarNode(value, at)
        case JsonNumber(text=text, at=at):
            return ScalarNode(plain_number(text), at)
        case JsonArray(items=items, at=at):
            return SequenceNode(tuple(map(_node, items)), at)
        case JsonObject():
            return _mapping(json)
    assert_never(json)


def _mapping(json: JsonObject) -> MappingNode:
    entries: dict[str, Entry] = {}
    for member in json.members:
        if member.name in entries:
            raise JsonError(f"the key {member.name!r} is written twice", member.at)
        entries[member.name] = Entry(member.at, _node(member.value))
    return MappingNode(entries, json.at)
