"""JSON as nodes with exact places.

The standard library's parser, which keeps no places, judges the text; the scanner, which may trust it, finds them.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from msgspec import Struct

from peerlint.lines import Lines
from peerlint.network.values import Span

_STRINGS = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"[-+.0-9A-Za-z]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_CONSTANTS = {"true": True, "false": False, "null": None}


class JsonError(Exception):
    """A text that is not JSON (RFC 8259): why, and the place where that shows."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class JsonLimitError(JsonError):
    """JSON of more than is read."""


class JsonScalar(Struct, frozen=True):
    """A string, in which U+FFFD stands for half a pair of surrogates; a truth value; or ``None`` for null."""

    value: str | bool | None
    at: Span


class JsonNumber(Struct, frozen=True):
    """A number as it is written."""

    text: str
    at: Span


class JsonArray(Struct, frozen=True):
    """A list of values."""

    items: tuple[JsonNode, ...]
    at: Span


class JsonMember(Struct, frozen=True):
    """A name in an object, its place, and its value."""

    name: str
    at: Span
    value: JsonNode


class JsonObject(Struct, frozen=True):
    """The members of an object in the order of the text, those of one name as often as they are written."""

    members: tuple[JsonMember, ...]
    at: Span


JsonNode: TypeAlias = JsonScalar | JsonNumber | JsonArray | JsonObject


def parse_json(text: str, file: str, max_depth: int, max_nodes: int) -> JsonNode:
    """The tree of a JSON text. Raises JsonError at the first offence, JsonLimitError past a limit."""
    lines = Lines(text, file)
    try:
        json.loads(text, parse_constant=refuse_constant, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise JsonError(error.msg, Span(file, error.lineno, error.colno, error.lineno, error.colno + 1)) from None
    except RecursionError:
        raise JsonLimitError(f"nested more than {max_depth} levels deep", lines.span(0, 1)) from None
    except JsonConstant as error:
        start = text.find(str(error))
        raise JsonError(f"{error} is not JSON", lines.span(start, start + 1)) from None
    return _Scanner(text, lines, max_depth, max_nodes).document()


class JsonConstant(Exception):
    """NaN or Infinity, which Python reads and JSON lacks; its text is the constant."""


def refuse_constant(name: str) -> object:
    """What Python's parser is to call for NaN and Infinity. Raises JsonConstant."""
    raise JsonConstant(name)


class _Scanner:
    """Walks a text that is known to be valid JSON."""

    def __init__(self, text: str, lines: Lines, max_depth: int, max_nodes: int) -> None:
        self._text = text
        self._span = lines.span
        self._max_depth = max_depth
        self._max_nodes = max_nodes
        self._nodes = 0

    def document(self) -> JsonNode:
        node, _ = self._value(self._skip(0), 0)
        return node

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def _value(self, index: int, depth: int) -> tuple[JsonNode, int]:
        self._nodes += 1
        if depth > self._max_depth:
            raise JsonLimitError(f"nested more than {self._max_depth} levels deep", self._span(index, index + 1))
        if self._nodes > self._max_nodes:
            raise JsonLimitError(f"more than {self._max_nodes:,} values", self._span(index, index + 1))
        match self._text[index]:
            case "{":
                return self._object(index, depth)
            case "[":
                return self._array(index, depth)
            case '"':
                value, end = self._string(index)
                return JsonScalar(value, self._span(index, end)), end
            case _:
                return self._atom(index)

    def _string(self, index: int) -> tuple[str, int]:
        value, end = _STRINGS.raw_decode(self._text, index)
        return (value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)), end

    def _atom(self, index: int) -> tuple[JsonNode, int]:
        match = _ATOM.match(self._text, index)
        written = match.group() if match else ""
        end = index + len(written)
        at = self._span(index, end)
        return JsonScalar(_CONSTANTS[written], at) if written in _CONSTANTS else JsonNumber(written, at), end

    def _array(self, start: int, depth: int) -> tuple[JsonNode, int]:
        items: list[JsonNode] = []
        index = self._skip(start + 1)
        while self._text[index] != "]":
            item, index = self._value(index, depth + 1)
            items.append(item)
            index = self._after_comma(index)
        return JsonArray(tuple(items), self._span(start, index + 1)), index + 1

    def _object(self, start: int, depth: int) -> tuple[JsonNode, int]:
        members: list[JsonMember] = []
        index = self._skip(start + 1)
        while self._text[index] != "}":
            name, end = self._string(index)
            at = self._span(index, end)
            value, index = self._value(self._skip(self._skip(end) + 1), depth + 1)
            members.append(JsonMember(name, at, value))
            index = self._after_comma(index)
        return JsonObject(tuple(members), self._span(start, index + 1)), index + 1

    def _after_comma(self, index: int) -> int:
        index = self._skip(index)
        return self._skip(index + 1) if self._text[index] == "," else index
