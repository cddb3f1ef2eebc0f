"""What stands between the braces of a block, told apart without parsing the expressions in it."""

from __future__ import annotations

import re
from functools import partial

from msgspec import Struct

from peerlint.lines import Lines
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform import ast
from peerlint.terraform.ast import Attribute, Block, Body, Deferred, Expr
from peerlint.terraform.errors import HclError, NestingError
from peerlint.terraform.scan import (
    BLOCK,
    CHARACTERS,
    COMMENT,
    HEREDOC,
    HEREDOC_TOKEN,
    NAME,
    QUOTED,
    SPACE,
    closed,
    end_of,
    labels_of,
    stepped,
)
from peerlint.terraform.values import normalized

DEPTH = 4
"""Brackets in brackets that one regular expression passes over."""

MAX_NESTED = 20
"""Blocks in blocks that are told apart."""

_SIGNS = r"/(?![/*])|<(?!<)"
_PLAIN = rf'[^{{}}()\[\]"#/<\\]++|{_SIGNS}'
_SIMPLE_TEMPLATE = rf"[$%]\{{(?:{_PLAIN}|[()\[\]]|{QUOTED})*+\}}"
_STRING = rf'"(?:{CHARACTERS}|{_SIMPLE_TEMPLATE})*+"'


def _bracketed(depth: int) -> str:
    """An expression in brackets, with brackets nested so deep in it."""
    nested = f"|{_bracketed(depth - 1)}" if depth else ""
    return rf"[({{\[](?:{_PLAIN}|{_STRING}{nested}|{COMMENT})*+[)}}\]]"


_VALUE = rf'(?:[^{{}}()\[\]"#/<\\\n]++|{_STRING}|{_SIGNS}|{_bracketed(DEPTH)})++'
_ARGUMENT = re.compile(
    rf"({NAME})[ \t\r]*=(?![=>])[ \t\r]*+(?:(?P<heredoc>{HEREDOC})|(?P<value>{_VALUE}))"
    r"[ \t\r]*(?:(?:#|//)[^\n]*)?(?:\n|\Z)"
)

_NAMED = re.compile(rf"({NAME})[ \t\r]*=(?![=>])[ \t\r]*+")
_AFTER = re.compile(r"[ \t\r]*(?:(?:#|//)[^\n]*)?(?:\n|\Z)")
_CODE = re.compile(rf'(?:[^{{}}()\[\]"#/<\\\n]++|{_STRING}|{_SIGNS})*+')
_CODE_IN_BRACKETS = re.compile(rf"(?:{_PLAIN}|{_STRING}|{COMMENT})*+")
_BRACKETS = ("([{", ")]}")

_WORD = r"(?!(?:in|for|if|for_each|else|endif|endfor|true|false|null)\b)[^\W\d][\w-]*"
_PLAIN_VALUE = re.compile(
    rf'"(?P<string>[^"\\$%\n]*)"|(?P<constant>true|false|null)|(?P<number>\d{{1,15}})|(?P<reference>{_WORD}(?:\.{_WORD})*)'
)
_CONSTANTS = {"true": True, "false": False, "null": None}


def layout(text: str, at: Span) -> Body | None:
    """The body of the block that a text is, which stands at a place: its arguments with expressions still to be parsed.

    ``None`` where only parsing tells what stands in it.
    """
    found = BLOCK.match(text)
    end = None if found is None else found.end() if found["close"] else closed(text, found.end())
    if found is None or end is None:
        return None
    return _Layout(text, at).body(found.end("open"), end - 1, 0)


class _Argument(Struct, frozen=True):
    """The name of an argument, and the offsets of it, of its value, of the value's end and of what comes after it."""

    name: str
    start: int
    value: int
    end: int
    is_heredoc: bool
    after: int


class _Layout:
    def __init__(self, text: str, at: Span) -> None:
        self._text = text
        self._at = at
        self._lines = Lines(text, at.file)

    def body(self, start: int, end: int, depth: int) -> Body | None:
        """What stands between two offsets."""
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        at, last_line = end_of(SPACE, self._text, start), -1
        while at < end:
            argument = self._written(at, end)
            block = self._block(at, end, depth) if argument is None else None
            if self._lines.place(at)[0] == last_line or (argument is None and block is None):
                return None
            if argument is not None:
                attributes.setdefault(argument.name, self._attribute(argument))
                at = argument.after
            if block is not None:
                blocks.append(block[0])
                at = block[1]
                last_line = self._lines.place(at)[0]
            at = end_of(SPACE, self._text, at)
        return Body(attributes, tuple(blocks))

    def _written(self, at: int, end: int) -> _Argument | None:
        """The argument at an offset; ``None`` where none is, or none that ends."""
        found = _ARGUMENT.match(self._text, at, end)
        if found is not None:
            kind = "value" if found["heredoc"] is None else "heredoc"
            return _Argument(found[1], at, found.start(kind), found.end(kind), kind == "heredoc", found.end())
        named = _NAMED.match(self._text, at, end)
        value = None if named is None else end_of_value(self._text, named.end(), end)
        after = None if value is None else _AFTER.match(self._text, value, end)
        if named is None or value is None or after is None or value == named.end():
            return None
        return _Argument(named[1], at, named.end(), value, False, after.end())

    def _attribute(self, argument: _Argument) -> Attribute:
        written = self._text[argument.start : argument.end].rstrip(" \t\r")
        at = self._span(argument.start, argument.end + 1 if argument.is_heredoc else argument.start + len(written))
        deferred = Deferred(partial(_expression, written, argument.value - argument.start, at))
        return Attribute(argument.name, deferred, at)

    def _block(self, at: int, end: int, depth: int) -> tuple[Block, int] | None:
        """The block at an offset, and the offset after it."""
        found = BLOCK.match(self._text, at, end) if depth < MAX_NESTED else None
        if found is None:
            return None
        after = found.end() if found["close"] else closed(self._text, found.end())
        body = self.body(found.end("open"), after - 1, depth + 1) if after is not None and after <= end else None
        if body is None or after is None:
            return None
        header = self._span(at, max(found.end(1), found.end(2)))
        return Block(found[1], labels_of(found[2]), body, header, self._span(at, after)), after

    def _span(self, start: int, end: int) -> Span:
        """The place in the file of what stands between two offsets."""
        return Span(self._at.file, *self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line, column = self._lines.place(offset)
        return line + self._at.line - 1, column + (self._at.column - 1 if line == 1 else 0)


def end_of_value(text: str, at: int, end: int) -> int | None:
    """The offset after a value that is nested too deeply for one regular expression; ``None`` where none ends."""
    opened: list[bool] = []
    while True:
        at = end_of(_CODE_IN_BRACKETS if opened else _CODE, text, at, end)
        after = stepped(text, at, end, _BRACKETS, opened)
        if after is None and opened and (heredoc := HEREDOC_TOKEN.match(text, at, end)) is not None:
            after = heredoc.end()
        if after is None:
            return None if opened else at
        at = after


def _expression(written: str, value: int, at: Span) -> Expr:
    """The expression of an argument that stands at a place, of which the value begins at an offset."""
    text, column = written[value:], at.column + value
    found = _PLAIN_VALUE.fullmatch(text)
    if found is not None:
        return _plain(found, Span(at.file, at.line, column, at.line, column + len(text)))
    from peerlint.terraform.syntax import parse_body, parse_expression
    from peerlint.terraform.trees import TREES

    known = TREES.find(text, at.file, at.line, column)
    if known is not None:
        return known
    try:
        expr = parse_expression(text, at.file, at.line, column)
    except NestingError as error:
        return ast.Unreadable(text, str(error), error.at)
    except HclError:
        pass
    else:
        TREES.add(text, expr, at.line, column)
        return expr
    try:  # as an argument, so that what is wrong is told as for the whole block
        return next(iter(parse_body(written, at.file, at.line, at.column).attributes.values())).expr
    except HclError as error:
        return ast.Unreadable(text, str(error), error.at)


def _plain(found: re.Match[str], at: Span) -> Expr:
    """A plain string, a constant, a number, or a reference by names alone."""
    if found["string"] is not None:
        return ast.Literal(normalized(found["string"]), at)
    if found["constant"] is not None:
        return ast.Literal(_CONSTANTS[found["constant"]], at)
    if found["number"] is not None:
        return ast.Literal(int(found["number"]), at)
    first, *names = found["reference"].split(".")
    end = at.column + len(first)
    expr: Expr = ast.Name(first, replace(at, end_column=end))
    for name in names:
        end += 1 + len(name)
        expr = ast.GetAttr(expr, name, replace(at, end_column=end))
    return expr
