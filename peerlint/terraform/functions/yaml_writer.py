"""YAML as ``yamlencode`` writes it: blocks, strings quoted or literal, folded as go-cty-yaml's emitter folds them.

The layout, to the character, is what a plan shows; PyYAML's emitter breaks other lines and quotes other texts
(https://developer.hashicorp.com/terraform/language/functions/yamlencode).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from peerlint.network.values import Unknown
from peerlint.terraform.convert import number_text
from peerlint.terraform.functions.signature import bounded
from peerlint.terraform.values import EvaluationError, Plain, TfSet, TfValue

_INDENT = 2
_WIDTH = 80
"""A quoted text goes on in a new line at the first space that is further to the right."""

_LONGEST_KEY = 128
"""In bytes; a longer key is written after a question mark."""

_BREAKS = "\n\u2028\u2029"
_UNPRINTABLE = r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]"
_LINE = re.compile(rf"[^{_BREAKS}]+[{_BREAKS}]?|[{_BREAKS}]")
_NEVER_LITERAL = re.compile(rf"{_UNPRINTABLE}| (?=[{_BREAKS}]|\Z)")
_NEVER_SIMPLE = re.compile(rf"[\r\x85{_BREAKS}]")
_ESCAPED = re.compile(rf'{_UNPRINTABLE}|["\\{_BREAKS}]')
_BYTE_ORDER_MARK = "\ufeff"
_SHORT = dict(zip('\0\a\b\t\n\v\f\r\x1b"\\\x85\xa0\u2028\u2029', '0abtnvfre"\\N_LP', strict=True))


def encode(value: TfValue) -> str:
    """The known value as a document of YAML. Raises EvaluationError where a part of it is unknown, and TooLarge."""
    plain = _known(value)
    match plain:
        case None | bool() | int() | Decimal():
            return f"{_scalar(plain, _INDENT, 0)}\n...\n"
        case str():
            return _ended(_scalar(plain, _INDENT, 0))
        case tuple() | TfSet() | dict():
            return _ended(_node(plain, 0))


def _known(value: TfValue) -> Plain:
    if isinstance(value, Unknown):
        raise EvaluationError("value is not known")
    return value.value


def _ended(text: str) -> str:
    return text if text[-1] in _BREAKS else f"{text}\n"


def _node(plain: Plain, indent: int) -> str:
    """A value whose first line is indented already."""
    match plain:
        case dict() if plain:
            return _lines((_pair(name, _known(item), indent) for name, item in sorted(plain.items())), indent)
        case tuple(items) | TfSet(items=items) if items:
            return _lines((f"- {_node(_known(item), indent + _INDENT)}" for item in items), indent)
    return _scalar(plain, indent, indent)


def _lines(entries: Iterable[str], indent: int) -> str:
    """The entries of a collection, each in a line of its own."""
    written: list[str] = []
    length = 0
    for entry in entries:
        length += len(entry) + indent + 1
        bounded(length)
        written.append(entry)
    *above, last = written
    return f"{' ' * indent}".join([*map(_ended, above), last])


def _pair(name: str, item: Plain, indent: int) -> str:
    if _NEVER_SIMPLE.search(name) or len(name.encode()) > _LONGEST_KEY:
        key = _ended(f"? {_scalar(name, indent + _INDENT, indent + _INDENT)}")
        return f"{key}{' ' * indent}: {_node(item, indent + _INDENT)}"
    key = f'"{"".join(_escapes(name))}":'
    match item:
        case dict() if item:
            inner = indent + _INDENT
        case tuple(items) | TfSet(items=items) if items:
            inner = indent
        case _:
            return f"{key} {_scalar(item, indent + _INDENT, indent + len(key) + 1)}"
    return f"{key}\n{' ' * inner}{_node(item, inner)}"


def _scalar(plain: Plain, indent: int, column: int) -> str:
    """A value without elements, that begins in a column and goes on in lines that are indented."""
    match plain:
        case None:
            return "null"
        case bool():
            return "true" if plain else "false"
        case int() | Decimal():
            return number_text(plain)
        case str() if "\n" in plain and not _NEVER_LITERAL.search(plain):
            return _literal(plain, indent)
        case str():
            return _quoted(plain, indent, column)
        case dict():
            return "{}"
    return "[]"


def _literal(text: str, indent: int) -> str:
    hint = str(_INDENT) if text[0] in f" {_BREAKS}" else ""
    chomping = "-" if text[-1] not in _BREAKS else "+" if text[-2:-1] in ("", *_BREAKS) else ""
    lines = _LINE.findall(text)
    bounded(len(text) + indent * len(lines))
    body = "".join(line if line in _BREAKS else f"{' ' * indent}{line}" for line in lines)
    return f"|{hint}{chomping}\n{body}"


def _quoted(text: str, indent: int, column: int) -> str:
    written, column = ['"'], column + 1
    after_space = False
    escapes = _escapes(text)
    for index, shown in enumerate(escapes):
        inside = 0 < index < len(escapes) - 1
        if shown == " " and inside and not after_space and column > _WIDTH:
            more = "\\" if text[index + 1] == " " else ""
            written.append(f"\n{' ' * indent}{more}")
            column = indent + len(more)
        else:
            written.append(shown)
            column += len(shown)
        after_space = shown == " "
    return "".join([*written, '"'])


def _escapes(text: str) -> list[str]:
    """The characters of a quoted text; all of them are escaped where it begins with a byte order mark."""
    if text.startswith(_BYTE_ORDER_MARK):
        return [_escape(character) for character in text]
    return [_escape(character) if _ESCAPED.match(character) else character for character in text]


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return f"\\{_SHORT[character]}"
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
