"""JSON templates, read strictly, as nodes with exact places.

cfn-lint's JSON decoder keeps no place for anything but keys and containers, and compares every key with every other; so
the standard library's strict parser judges the text, and this scanner, which may trust it, finds the places.
"""

from __future__ import annotations

import json
import re

from peerlint.cloudformation.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from peerlint.cloudformation.syntax import MAX_DEPTH, MAX_NODES, Lines, Offence, Unreadable, plain_number
from peerlint.network.values import Span

_STRINGS = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"[-+.0-9A-Za-z]+")


def parse_json(text: str, file: str) -> tuple[Node, tuple[Offence, ...]]:
    """The tree of a JSON text, and its keys that are written twice.

    Raises Unreadable at the first offence against RFC 8259.
    """
    lines = Lines(text)
    try:
        json.loads(text, parse_constant=_refuse_constant, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise Unreadable(f"nested more than {MAX_DEPTH} levels deep", 1, 1) from error
    except _Constant as error:
        raise Unreadable(f"{error} is not JSON", *lines.place(text.find(str(error)))) from error
    scanner = _Scanner(text, file, lines)
    return scanner.document(), tuple(scanner.offences)


class _Constant(Exception):
    """NaN or Infinity, which Python reads and JSON lacks."""


def _refuse_constant(name: str) -> object:
    raise _Constant(name)


class _Scanner:
    """Walks a text that is known to be valid JSON."""

    def __init__(self, text: str, file: str, lines: Lines) -> None:
        self._text = text
        self._file = file
        self._lines = lines
        self._nodes = 0
        self.offences: list[Offence] = []

    def document(self) -> Node:
        node, _ = self._value(self._skip(0), 0)
        return node

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def _span(self, start: int, end: int) -> Span:
        return Span(self._file, *self._lines.place(start), *self._lines.place(end))

    def _value(self, index: int, depth: int) -> tuple[Node, int]:
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise Unreadable(f"nested more than {MAX_DEPTH} levels deep", *self._lines.place(index))
        if self._nodes > MAX_NODES:
            raise Unreadable(f"more than {MAX_NODES:,} values", *self._lines.place(index))
        match self._text[index]:
            case "{":
                return self._mapping(index, depth)
            case "[":
                return self._sequence(index, depth)
            case '"':
                value, end = _STRINGS.raw_decode(self._text, index)
                return ScalarNode(value, self._span(index, end)), end
            case _:
                return self._atom(index)

    def _atom(self, index: int) -> tuple[Node, int]:
        match = _ATOM.match(self._text, index)
        written = match.group() if match else ""
        end = index + len(written)
        constants: dict[str, bool | None] = {"true": True, "false": False, "null": None}
        value = constants[written] if written in constants else plain_number(written)
        return ScalarNode(value, self._span(index, end)), end

    def _sequence(self, start: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        index = self._skip(start + 1)
        while self._text[index] != "]":
            item, index = self._value(index, depth + 1)
            items.append(item)
            index = self._skip(index)
            if self._text[index] == ",":
                index = self._skip(index + 1)
        return SequenceNode(tuple(items), self._span(start, index + 1)), index + 1

    def _mapping(self, start: int, depth: int) -> tuple[Node, int]:
        entries: dict[str, Entry] = {}
        index = self._skip(start + 1)
        while self._text[index] != "}":
            key, end = _STRINGS.raw_decode(self._text, index)
            key_span = self._span(index, end)
            if key in entries:
                self.offences.append(Offence(f"the key {key!r} is written twice, and the last one counts", key_span))
            value, index = self._value(self._skip(self._skip(end) + 1), depth + 1)
            entries[key] = Entry(key_span, value)
            index = self._skip(index)
            if self._text[index] == ",":
                index = self._skip(index + 1)
        return MappingNode(entries, self._span(start, index + 1)), index + 1
