"""The versions of a provider that a root may be run with, and what it writes that some of them do not know."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from peerlint.network.values import Maybe, Span, Truth

Version: TypeAlias = tuple[int, int, int]


class ProviderVersions(Struct, frozen=True):
    """The versions from ``first`` up to, but not including, ``end``; ``end=None`` is any later one.

    ``at`` is where the newest of them is limited, ``None`` where nothing limits it; ``said`` is what is written there.
    ``doubt`` says why something that was not read may limit them further.
    """

    first: Version = (0, 0, 0)
    end: Version | None = None
    at: Span | None = None
    said: str = ""
    doubt: Maybe | None = None

    def is_at_least(self, version: Version) -> Truth:
        """Whether Terraform, which takes the newest version that it may, takes this one or a later one."""
        if self.first >= version:
            return True
        if self.end is not None and self.end <= version:
            return False
        return True if self.doubt is None else self.doubt


class RetiredArgument(Struct, frozen=True):
    """An argument of a resource that newer versions of the provider do not know; ``calls`` lead to its module."""

    address: str
    argument: str
    at: Span
    calls: tuple[Span, ...] = ()
