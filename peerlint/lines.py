"""From the index of a character to its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right

from peerlint.network.values import Span


class Lines:
    """Where the lines of a file's text begin. Only a line feed ends a line, as it does for editors and reports."""

    __slots__ = ("_file", "_starts")

    def __init__(self, text: str, file: str) -> None:
        """The lines of the text of the file at an absolute path."""
        self._file = file
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, index: int) -> tuple[int, int]:
        """The line and the column, both from 1, of a character by its index."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The place of a range of characters, ``end`` exclusive."""
        return Span(self._file, *self.place(start), *self.place(end))
