"""Blocks that are parsed only when somebody asks what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.terraform.ast import Block, Body, Unparsed
from peerlint.terraform.errors import HclError, UnreadError
from peerlint.terraform.layout import layout
from peerlint.terraform.scan import scan


def unparsed_blocks(text: str, file: str) -> tuple[Block, ...] | None:
    """The blocks of a file, each parsed when it is asked for; ``None`` for a text that has to be parsed as a whole."""
    found = scan(text, file)
    if found is None:
        return None
    return tuple(Block(b.type, b.labels, Written(text[b.start : b.end], b.extent), b.header, b.extent) for b in found)


class Written:
    """The text of a block, parsed once."""

    __slots__ = ("_at", "_found", "_text")

    def __init__(self, text: str, at: Span) -> None:
        """The text of the block that stands at a place."""
        self._text = text
        self._at = at
        self._found: Body | HclError | None = None

    def parsed(self) -> Body:
        """The body. Raises UnreadError where it is no HCL."""
        if self._found is None:
            self._found = self._parsed()
        if isinstance(self._found, HclError):
            raise UnreadError(str(self._found), self._found.at)
        return self._found

    def _parsed(self) -> Body | HclError:
        told = layout(self._text, self._at)
        if told is not None:
            return told
        from peerlint.terraform.syntax import parse_body

        try:
            return parse_body(self._text, self._at.file, self._at.line, self._at.column).blocks[0].body
        except HclError as error:
            return HclError(str(error), error.at)  # without what led to it, which holds the whole parse

    def may_hold(self, pattern: str) -> bool:
        """Whether a text stands in it anywhere that a regular expression finds."""
        return re.search(pattern, self._text) is not None


class Overridden(Struct, frozen=True):
    """A block of an override file over the one that it overrides; ``merge`` makes one body of both."""

    base: Block
    over: Block
    merge: Callable[[Body, Body], Body]

    def parsed(self) -> Body:
        """The body. Raises UnreadError where either block is no HCL."""
        return self.merge(self.base.body, self.over.body)

    def may_hold(self, pattern: str) -> bool:
        """Whether such a text may stand in either block."""
        return self.base.may_hold(pattern) or self.over.may_hold(pattern)


class _Noted(Struct, frozen=True):
    content: Unparsed
    note: Callable[[UnreadError], None]

    def parsed(self) -> Body:
        try:
            return self.content.parsed()
        except UnreadError as error:
            self.note(error)
            raise

    def may_hold(self, pattern: str) -> bool:
        return self.content.may_hold(pattern)


def noted(block: Block, note: Callable[[UnreadError], None]) -> Block:
    """The same block; that it turns out to be no HCL is told to ``note``, whenever it is asked for."""
    return block if isinstance(block.content, Body) else replace(block, content=_Noted(block.content, note))
