"""What the YAML and the JSON reader share: their limits, their error, and how a number is read."""

from __future__ import annotations

import re

MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 250_000
MAX_RESOURCES = 2_000
"""Four times what the service accepts in one template."""

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")


class Unreadable(Exception):
    """A text that is no template: why, and the line and column (from 1) where that shows."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def plain_number(written: str) -> int | str:
    """The number where ``written`` is a whole one in plain decimal notation, otherwise the text itself."""
    return int(written) if _PLAIN.match(written) else written
