"""Version constraints as ranges of releases.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from peerlint.records import replace

Release: TypeAlias = tuple[int, int, int]

TERM = re.compile(r"\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2})\s*")
FIRST: Release = (0, 0, 0)


class Range(Struct, frozen=True):
    """The releases from ``first`` up to, but not including, ``end``, without the ``excluded`` ones; ``end=None`` is any
    later one.
    """

    first: Release = FIRST
    end: Release | None = None
    excluded: frozenset[Release] = frozenset()

    def holds(self, other: Range) -> bool:
        """Whether every release of another range, which has some, is in this one."""
        return self.first <= other.first and not other.is_empty and (self.end is None or _ends_by(other, self.end))

    def __contains__(self, release: Release) -> bool:
        """Whether a release is in it."""
        return self.first <= release and (self.end is None or release < self.end) and release not in self.excluded

    def newest(self, released: Iterable[Release]) -> Range:
        """The releases of which Terraform takes one, where some are known to exist: it takes the newest."""
        return replace(self, first=max((release for release in released if release in self), default=self.first))

    @property
    def is_empty(self) -> bool:
        """Whether no release can be in it."""
        return self.end is not None and self.end <= self.first


def only(release: Release) -> Range:
    """The range of one release."""
    return Range(release, _after(release))


def allowed(constraint: str) -> Range | None:
    """A range that holds every release that a constraint allows; ``None`` where the constraint is not understood, or
    names a pre-release.
    """
    found = Range()
    for term in constraint.split(","):
        match = TERM.fullmatch(term)
        if match is None:
            return None
        more = _of_term(match[1] or "=", [int(number) for number in match[2].split(".")])
        ends = [end for end in (found.end, more.end) if end is not None]
        found = Range(max(found.first, more.first), min(ends, default=None), found.excluded | more.excluded)
    return found


def _of_term(operator: str, written: list[int]) -> Range:
    release = _padded(written)
    match operator:
        case "=":
            return only(release)
        case ">=":
            return Range(release)
        case ">":
            return Range(_after(release))
        case "<":
            return Range(end=release)
        case "<=":
            return Range(end=_after(release))
        case "~>":
            return Range(release, _padded([*written[:-2], written[-2] + 1]) if len(written) > 1 else None)
        case _:
            return Range(excluded=frozenset({release}))


def release_of(written: str) -> Release:
    """A release as it is written: ``5.1.0``."""
    return _padded([int(number) for number in written.split(".")])


def _padded(written: list[int]) -> Release:
    major, minor, patch = (*written, 0, 0)[:3]
    return major, minor, patch


def _after(release: Release) -> Release:
    return release[0], release[1], release[2] + 1


def _ends_by(other: Range, end: Release) -> bool:
    return other.end is not None and other.end <= end
