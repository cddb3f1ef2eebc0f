"""A line of source with carets under a span, in a given number of terminal columns."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator

from peerlint import filesystem
from peerlint.links import is_foreign_link
from peerlint.network.values import Span, is_at_hand
from peerlint.project import is_below
from peerlint.records import replace

MAX_SIZE = 32 << 20
"""Bytes of a file of which lines are shown."""

TAB = 4
ELLIPSIS = "…"


class Sources:
    """The lines of files, each read once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """A line counted from 1, without its end; ``None`` where the file or the line is not to be had."""
        if file not in self._lines:
            self._lines[file] = _lines(file)
        lines = self._lines[file]
        return lines[number - 1] if 0 < number <= len(lines) else None


def _lines(file: str) -> list[str]:
    if not is_at_hand(file) or is_foreign_link(file):
        return []
    try:
        content = filesystem.read(file, MAX_SIZE + 1)
    except OSError:
        return []
    if len(content) > MAX_SIZE:
        return []
    return [line.removesuffix("\r") for line in content.decode("utf-8-sig", errors="replace").split("\n")]


def printable(text: str) -> str:
    """The text with control and direction-changing characters made visible: a file must not drive the terminal."""
    return "".join(
        " " if char in "\n\t" else "�" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text
    )


def columns(text: str) -> int:
    """How many terminal columns a printable text takes."""
    return sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def shown_path(file: str, directory: str) -> str:
    """A file relative to a directory where it lies in it, else as it is."""
    inside = is_below(file, directory)
    return printable(os.path.relpath(file, directory) if inside else file)


def excerpt(line: str, span: Span, width: int) -> tuple[str, str]:
    """The source line and the line of carets below it, each at most ``width`` columns; cut around the carets."""
    line, span = _near(line, span, width)
    end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    start = min(span.column - 1, len(line))
    stop = max(start + 1, min(end - 1, len(line)))
    cells, first, last = _cells(line, start, stop)
    indent = next((index for index, cell in enumerate(cells) if cell.strip()), 0)
    cells, first, last = cells[indent:], max(0, first - indent), max(1, last - indent)
    return _cut(cells, first, max(last, first + 1), width)


def _near(line: str, span: Span, width: int) -> tuple[str, Span]:
    """The part of a very long line that can be seen, and the span in it: a plan is all on one line."""
    left = max(0, span.column - 1 - 4 * width)
    if len(line) < 100 * width:
        return line, span
    end = span.end_column - left if span.end_line == span.line else span.end_column
    return line[left : left + 12 * width], replace(span, column=span.column - left, end_column=end)


def _cells(line: str, start: int, stop: int) -> tuple[list[str], int, int]:
    """The line as one text for each terminal column, the second one of a wide character empty; and the span in them."""
    cells: list[str] = []
    first = last = 0
    for index, char in enumerate(line):
        if index == start:
            first = len(cells)
        cells.extend(_cells_of(char))
        if index == stop - 1:
            last = len(cells)
    if start >= len(line):
        first = len(cells)
    return cells, first, max(last, first + 1)


def _cells_of(char: str) -> Iterator[str]:
    if char == "\t":
        yield from " " * TAB
        return
    shown = printable(char)
    size = _columns_of(shown)
    if size:
        yield shown
    if size == 2:
        yield ""


def _cut(cells: list[str], first: int, last: int, width: int) -> tuple[str, str]:
    if len(cells) <= width and last <= width:
        return "".join(cells).rstrip(), " " * first + "^" * (last - first)
    room = width - 2
    left = max(0, min(first - room // 4, len(cells) - room))
    right = min(len(cells), left + room)
    head, tail = (ELLIPSIS if left else ""), (ELLIPSIS if right < len(cells) else "")
    shown = head + "".join(" " if index == left and not cell else cell for index, cell in enumerate(cells[left:right]))
    carets = " " * (len(head) + first - left) + "^" * max(1, min(last, right) - first)
    return shown + tail, carets
