"""The JSON documents of an inventory file, with the places of their records.

The AWS CLI prints one document for each command, and a file may hold several. An inventory of an account has megabytes,
of which a run needs few places: so the standard library's scanner reads the values, and only what is asked for is
looked at again for its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from peerlint import filesystem
from peerlint.encodings import encoding_of
from peerlint.json_nodes import JsonConstant, refuse_constant
from peerlint.lines import Lines
from peerlint.network.values import Span

_SPACE = re.compile(r"[ \t\n\r]*")


class Unreadable(Exception):
    """A file, or the rest of one, that cannot be read; ``at`` is the place of the mistake."""

    def __init__(self, message: str, at: Span) -> None:
        """A mistake at its place."""
        super().__init__(message)
        self.at = at


class Text:
    """The text of a file, and the places in it."""

    def __init__(self, text: str, path: str) -> None:
        """The text of the file at an absolute path."""
        self.text = text
        self.path = path
        self._lines = Lines(text, path)

    def span(self, start: int, end: int) -> Span:
        """The place of a range of characters."""
        return self._lines.span(start, end)


class Item(Struct, frozen=True):
    """A JSON value and the range of its characters."""

    value: object
    text: Text
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place of the value."""
        return self.text.span(self.start, self.end)

    def members(self) -> Iterator[tuple[str, int, Item]]:
        """Each member of an object: its key, where the key begins, and its value."""
        index = _skip(self.text.text, self.start + 1)
        while self.text.text[index] != "}":
            key, end = _DECODER.raw_decode(self.text.text, index)
            value = self._decoded(_skip(self.text.text, _skip(self.text.text, end) + 1))
            yield key, index, value
            index = self._after(value)

    def elements(self) -> Iterator[Item]:
        """Each element of an array."""
        index = _skip(self.text.text, self.start + 1)
        while self.text.text[index] != "]":
            value = self._decoded(index)
            yield value
            index = self._after(value)

    def _decoded(self, start: int) -> Item:
        value, end = _DECODER.raw_decode(self.text.text, start)
        return Item(value, self.text, start, end)

    def _after(self, value: Item) -> int:
        index = _skip(self.text.text, value.end)
        return _skip(self.text.text, index + 1) if self.text.text[index] == "," else index

    def at(self, key: str) -> Span:
        """The place of a member of an object, key and value; that of the object where it has no such member."""
        if not isinstance(self.value, dict) or key not in self.value:
            return self.span
        if not any(isinstance(value, dict | list) for value in self.value.values()):
            found = re.compile(rf'"{key}"[ \t\n\r]*:').search(self.text.text, self.start, self.end)
            if found is not None:
                return self.text.span(found.start(), self._decoded(_skip(self.text.text, found.end())).end)
        return next(self.text.span(start, value.end) for name, start, value in self.members() if name == key)

    def under(self, key: str) -> list[Item]:
        """The elements of the array that a member of an object is; empty where it is none."""
        found: list[Item] = []
        for name, _, value in self.members() if isinstance(self.value, dict) and key in self.value else ():
            if name == key:  # of a key that is written twice the last counts
                found = list(value.elements()) if isinstance(value.value, list) else []
        return found


def _skip(text: str, index: int) -> int:
    match = _SPACE.match(text, index)
    return match.end() if match else index


_DECODER = json.JSONDecoder(parse_constant=refuse_constant)


def read_text(path: str, most: int) -> Text:
    """The text of a file of at most so many bytes. Raises Unreadable."""
    start = Span(path, 1, 1, 1, 1)
    try:
        data = filesystem.read(path, most + 1)
    except OSError as error:
        raise Unreadable(f"{error.strerror}", start) from None
    if len(data) > most:
        raise Unreadable(f"larger than {most:,} bytes (limits.inventory-size)", start)
    encoding = encoding_of(data)
    try:
        return Text(data.decode(encoding), path)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="replace")
        raise Unreadable(f"not {encoding.upper()}", Text(before, path).span(len(before), len(before))) from None


def documents(text: Text) -> Iterator[Item]:
    """The documents that a text holds one after the other, or in an array.

    Raises Unreadable at a mistake, after the documents before it.
    """
    index = _skip(text.text, 0)
    if index == len(text.text):
        raise Unreadable("it is empty", text.span(0, 0))
    while index < len(text.text):
        document = _document(text, index)
        if isinstance(document.value, list):
            yield from document.elements()
        else:
            yield document
        index = _skip(text.text, document.end)


def _document(text: Text, index: int) -> Item:
    try:
        value, end = _DECODER.raw_decode(text.text, index)
    except json.JSONDecodeError as error:
        end = len(text.text.rstrip())
        reason = "it ends too early" if error.pos >= end else _lower(error.msg)
        at = min(error.pos, end)
        raise Unreadable(f"not JSON: {reason}", text.span(at, at)) from None
    except RecursionError:
        raise Unreadable("nested too deeply", text.span(index, index)) from None
    except JsonConstant as error:
        position = text.text.find(str(error), index)
        raise Unreadable(f"not JSON: {error}", text.span(position, position + len(str(error)))) from None
    return Item(value, text, index, end)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
