"""What goes wrong in reading HCL."""

from __future__ import annotations

from peerlint.network.values import Span
from peerlint.terraform.values import FatalError


class HclError(Exception):
    """A syntax error at a place."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.at = at


class UnreadError(FatalError):
    """A syntax error in a block that evaluation has asked for: ``try`` and ``can`` do not catch it."""

    def __init__(self, message: str, at: Span) -> None:
        super().__init__(message)
        self.at = at
