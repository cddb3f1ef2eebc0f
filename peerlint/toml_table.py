"""A table of a TOML file whose keys are taken one by one, so that what nobody took can be refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from peerlint import filesystem
from peerlint.network.values import Span

T = TypeVar("T")


class TableError(Exception):
    """A table that says what it may not; the text is one line that names the file and the key."""


class TableReader:
    """A table. ``at`` is the place of its header, ``prefix`` what the names of its keys begin with in an error."""

    def __init__(self, file: str, table: Mapping[str, object], prefix: str, at: Span | None = None) -> None:
        """The keys of a table, none of which has been taken."""
        self.file = file
        self.prefix = prefix
        self.at = at or Span(file, 1, 1, 1, 1)
        self._left = dict(table)

    def take(self, key: str, read: Callable[[object], T], default: T) -> T:
        """The value of a key; ``read`` raises ValueError with what the value must be.

        Raises TableError where it does.
        """
        if key not in self._left:
            return default
        try:
            return read(self._left.pop(key))
        except ValueError as error:
            raise TableError(f"{self.file}: {self.prefix}{key} must be {error}") from error

    def tables(self, key: str) -> list[TableReader]:
        """One reader for each table of an array of tables."""
        tables: Sequence[Mapping[str, object]] = self.take(key, _tables, ())
        headers = _headers(self.file, self.prefix + key)
        return [
            TableReader(
                self.file, table, f"{self.prefix}{key}[{index}].", headers[index] if index < len(headers) else None
            )
            for index, table in enumerate(tables)
        ]

    def table(self, key: str) -> TableReader:
        """A reader for a table; an empty one where it is not written."""
        return TableReader(self.file, self.take(key, _table_of, {}), f"{self.prefix}{key}.")

    def finish(self) -> None:
        """Raises TableError where a key was not taken."""
        for key in self._left:
            raise TableError(f"{self.file}: {self.prefix}{key} is not a setting")


def _headers(file: str, key: str) -> list[Span]:
    """Where the headers of an array of tables stand, in order."""
    pattern = re.compile(r"\s*(\[\[\s*" + r"\s*\.\s*".join(map(re.escape, key.split("."))) + r"\s*\]\])")
    lines = filesystem.read(file).decode().replace("\r\n", "\n").split("\n")
    found = [(number, pattern.match(line)) for number, line in enumerate(lines, 1)]
    return [Span(file, number, m.start(1) + 1, number, m.end(1) + 1) for number, m in found if m]


def string(value: object) -> str:
    """A text. Raises ValueError for anything else."""
    if isinstance(value, str):
        return value
    raise ValueError("a string")


def strings(value: object) -> tuple[str, ...]:
    """A list of texts. Raises ValueError for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ValueError("a list of strings")


def one_of(names: tuple[str, ...]) -> Callable[[object], str]:
    """What reads one of some names, and raises ValueError for anything else."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in names:
            return value
        raise ValueError("one of " + ", ".join(names))

    return read


def positive(value: object) -> int:
    """A whole number above 0. Raises ValueError for anything else."""
    if type(value) is int and value > 0:
        return value
    raise ValueError("a whole number above 0")


def _table_of(value: object) -> Mapping[str, object]:
    if isinstance(value, dict):
        return value
    raise ValueError("a table")


def _tables(value: object) -> Sequence[Mapping[str, object]]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return list(value)
    raise ValueError("an array of tables")
