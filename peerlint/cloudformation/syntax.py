"""What the YAML and the JSON reader share: their limits, their error, and how a number is read."""

from __future__ import annotations

import re

from msgspec import Struct

from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Span

MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 250_000
MAX_NESTED = 25
"""How deep stacks are nested in each other."""

MAX_STACKS = 200
"""Nested stacks of one stack, at any depth."""

MAX_MADE = 50_000
"""What loops may make: a hundred values for each resource that the service takes."""

SERVICE_LIMITS = {"Resources": 500, "Parameters": 200, "Mappings": 200, "Outputs": 200}
"""https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""

MAX_RESOURCES = 4 * SERVICE_LIMITS["Resources"]

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")


class Unreadable(Exception):
    """A text that is no template: why, and the line and column (from 1) where that shows."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

    def problem(self, file: str) -> Problem:
        """The problem that a file is, at its place."""
        at = Span(file, self.line, self.column, self.line, self.column + 1)
        return Problem(ProblemKind.UNREADABLE_INPUT, self.message, at)


class Offence(Struct, frozen=True):
    """What the service refuses in a text that can be read all the same."""

    message: str
    at: Span


def plain_number(written: str) -> int | str:
    """The number where ``written`` is a whole one in plain decimal notation, otherwise the text itself."""
    return int(written) if _PLAIN.match(written) else written
