"""The top-level blocks of an HCL file, found without parsing what stands in them.

A scan knows what hides a brace: quoted strings, the templates in them, heredocs and comments
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#lexical-elements). Whatever else stands between the braces
of a block is passed over, and is said to be wrong only by whoever parses that block.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from msgspec import Struct

from peerlint.network.values import Span
from peerlint.terraform.templates import unescape

DEPTH = 6
"""Braces in braces that one regular expression passes over; what is nested deeper is followed step by step."""

COMMENT = r"#[^\n]*+|//[^\n]*+|/\*(?>(?s:.*?)\*/)"
_PLAIN = r'[^{}"#/<\\]++|/(?![/*])|<(?!<)'
CHARACTERS = r'[^"\\$%\n]++|\\[^\n]|\$\$\{|%%\{|[$%](?!\{)'
QUOTED = rf'"(?:{CHARACTERS})*+"'
_PARTS = rf"(?:{CHARACTERS}|[$%]\{{(?:{_PLAIN}|{COMMENT}|{QUOTED})*+\}})*+"
"""Of a quoted string: its characters, and templates with neither braces nor templates in them."""

NAME = r"[^\W\d][\w-]*+"
_GAP = rf"(?:[ \t\r\n]++|{COMMENT})*+"


def _code(depth: int) -> str:
    """What stands between braces, with braces nested so deep in it."""
    nested = rf"|\{{{_code(depth - 1)}\}}" if depth else ""
    return rf'(?:{_PLAIN}|"{_PARTS}"{nested}|{COMMENT})*+'


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """What stands between braces, for what is nested deeper than ``BLOCK`` passes over."""
    return re.compile(_code(DEPTH))


_STRING = re.compile(_PARTS)
HEREDOC = r"<<-?(?P<mark>[^\W\d][\w.-]*)[ \t]*\r?\n(?:[^\n]*\n)*?[^\S\n]*(?P=mark)[ \t\r]*(?=\n)"
HEREDOC_TOKEN = re.compile(HEREDOC)
_ESCAPED = re.compile(r'\\"(?:[^"\\]|\\.)*\\"')
"""A string in a template of Terraform 0.11, its quotes escaped, as python-hcl2 has it."""

SPACE = re.compile(_GAP)
BLOCK = re.compile(rf"({NAME})((?:[ \t\r]*+(?:{NAME}|{QUOTED}))*+){_GAP}(?P<open>\{{){_code(DEPTH)}(?P<close>\}})?+")
_LABEL = re.compile(rf"{NAME}|{QUOTED}")
BRACES = ("{", "}")


class ScannedBlock(Struct, frozen=True):
    """A block: its type and labels, the places of both and of the whole block, and the offsets of its text."""

    type: str
    labels: tuple[str, ...]
    header: Span
    extent: Span
    start: int
    end: int


def scan(text: str, file: str) -> tuple[ScannedBlock, ...] | None:
    """The blocks that a text is made of, as parsing all of it would find them.

    ``None`` where it is not made of blocks alone, each on lines of its own: only parsing tells what is wrong with it,
    or that it has arguments beside them.
    """
    blocks: list[ScannedBlock] = []
    line, line_start, last_line, at = 1, 0, 0, end_of(SPACE, text, 0)
    while at < len(text):
        found = BLOCK.match(text, at)
        end = None if found is None else found.end() if found["close"] else closed(text, found.end())
        passed = text.count("\n", line_start, at)
        if passed:
            line, line_start = line + passed, text.rfind("\n", 0, at) + 1
        if found is None or end is None or line == last_line:
            return None
        column = at - line_start + 1
        header = Span(file, line, column, line, column + max(found.end(1), found.end(2)) - at)
        last_line = line + text.count("\n", at, end)
        end_column = end - text.rfind("\n", 0, end) if last_line > line else column + end - at
        extent = Span(file, line, column, last_line, end_column)
        blocks.append(ScannedBlock(found[1], labels_of(found[2]), header, extent, at, end))
        at = end_of(SPACE, text, end)
    return tuple(blocks)


def end_of(pattern: re.Pattern[str], text: str, at: int, end: int = sys.maxsize) -> int:
    """Where a pattern that matches anywhere ends."""
    found = pattern.match(text, at, end)
    return found.end() if found is not None else at


def labels_of(written: str) -> tuple[str, ...]:
    labels = (found[0] for found in _LABEL.finditer(written))
    return tuple(unescape(label[1:-1]) if label.startswith('"') else label for label in labels)


def closed(text: str, at: int) -> int | None:
    """The offset after the brace that ends a block, from an offset between its braces; ``None`` where none does."""
    code = _pattern()
    opened = [False]
    while opened:
        at = end_of(code, text, at)
        after = stepped(text, at, sys.maxsize, BRACES, opened)
        if after is None:
            after = _hidden(text, at)
        if after is None:
            return None
        at = after
    return at


def stepped(text: str, at: int, end: int, brackets: tuple[str, str], opened: list[bool]) -> int | None:
    """The offset after the bracket or the string at an offset, or after the opening of a template in that string.

    ``brackets`` are those that open and those that close; ``opened`` has for each open one whether a string goes on
    after it, and is kept up. ``None`` where none of them stands before the end.
    """
    opening, closing = brackets
    mark = text[at] if at < min(end, len(text)) else ""
    if mark == "":
        return None
    if mark in opening:
        opened.append(False)
        return at + 1
    if mark in closing and opened:
        return _after_string(text, at + 1, opened) if opened.pop() else at + 1
    return _after_string(text, at + 1, opened) if mark == '"' else None


def _after_string(text: str, at: int, opened: list[bool]) -> int | None:
    """The offset after what is left of a string, or after the opening of a template in it."""
    at = end_of(_STRING, text, at)
    match text[at : at + 1]:
        case '"':
            return at + 1
        case "$" | "%":
            opened.append(True)
            return at + len("${")
        case _:
            return None


def _hidden(text: str, at: int) -> int | None:
    """The offset after a heredoc, an escaped string or a lone backslash."""
    hidden = HEREDOC_TOKEN.match(text, at) or _ESCAPED.match(text, at)
    if hidden is not None:
        return hidden.end()
    return at + 1 if text.startswith("\\", at) else None
