"""JSON templates, read strictly, as nodes with exact places.

cfn-lint's JSON decoder keeps no place for anything but keys and containers, and compares every key with every other.
"""

from __future__ import annotations

from typing import assert_never

from peerlint import json_nodes
from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_DEPTH, MAX_NODES, Offence, Unreadable, plain_number
from peerlint.json_nodes import JsonArray, JsonError, JsonNode, JsonNumber, JsonObject, JsonScalar


def parse_json(text: str, file: str) -> tuple[Node, tuple[Offence, ...]]:
    """The tree of a JSON text, and its keys that are written twice.

    Raises Unreadable at the first offence against RFC 8259.
    """
    offences: list[Offence] = []
    try:
        node = _node(json_nodes.parse_json(text, file, MAX_DEPTH, MAX_NODES), offences)
    except JsonError as error:
        raise Unreadable(error.message, error.at.line, error.at.column) from None
    return node, tuple(offences)


def _node(json: JsonNode, offences: list[Offence]) -> Node:
    match json:
        case JsonScalar(value=value, at=at):
            return ScalarNode(value, at)
        case JsonNumber(text=text, at=at):
            return ScalarNode(plain_number(text), at)
        case JsonArray(items=items, at=at):
            return SequenceNode(tuple(_node(item, offences) for item in items), at)
        case JsonObject():
            return _mapping(json, offences)
    assert_never(json)


def _mapping(json: JsonObject, offences: list[Offence]) -> MappingNode:
    entries: dict[str, Entry] = {}
    for member in json.members:
        if member.name in entries:
            message = f"the key {member.name!r} is written twice, and the last one counts"
            offences.append(Offence(message, member.at))
        entries[member.name] = Entry(member.at, _node(member.value, offences))
    return MappingNode(entries, json.at)
