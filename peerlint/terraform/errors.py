"""What goes wrong in reading HCL."""

from __future__ import annotations

from peerlint.network.values import Span
from peerlint.terraform.values import FatalError


class HclError(Exception):
    """A syntax error at a place."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.at = at


class NestingError(HclError):
    """What is nested more deeply than it can be read."""

    def __init__(self, at: Span) -> None:
        super().__init__("nested too deeply to be read", at)


class UnreadError(FatalError):
    """A syntax error in a block that evaluation has asked for: ``try`` and ``can`` do not catch it."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.at = at
