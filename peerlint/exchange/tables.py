"""Fragments as tables of plain data, which JSON can write.

Places and texts are told by numbers, as they come again and again. So is every value that is a dataclass: ``things``
holds each once, as the number of its kind and its fields, after all that it is made of.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TypeAlias

import msgspec

Code: TypeAlias = "str | int | bool | tuple[Code, ...] | None"
"""A value as it is written in a table."""

SAFE = 1 << 53
"""Integers from here on are written as texts: not every reader of JSON keeps them."""


class Sort(IntEnum):
    """What a value that may be of any type is."""

    TEXT = 0
    NUMBER = 1
    DECIMAL = 2
    LIST = 3
    SET = 4
    MAP = 5
    RANGE = 6
    THING = 7


class Tables(msgspec.Struct):
    """The tables; ``places`` are flat: file, line, column, how many lines further it ends, and in which column."""

    files: list[str]
    texts: list[str]
    places: list[int]
    things: list[list[object]]
    fragments: list[int]
