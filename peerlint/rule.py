"""What a rule is: a function from the network to bare findings, with an id, a name and a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from peerlint.network.values import Known, Span, Step, Value

if TYPE_CHECKING:
    from peerlint.network.network import Network


class Severity(Enum):
    """How bad a finding is; see :doc:`the rule catalogue <docs/rules>`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a note."""
        return list(Severity).index(self)


class Fix(Enum):
    """Whether a finding can be mended by an edit."""

    AUTO = "auto"
    SUGGEST = "suggest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Note:
    """Another place that matters for a finding, with a sentence of its own.

    ``step`` is the step of a value's way that it tells; such a note is left out where its line is shown anyway.
    """

    message: str
    at: Span
    step: Step | None = field(default=None, compare=False)


MAX_STEPS = 5
"""Notes on the way of one value."""


def whence(value: Value[object], used_at: Span) -> tuple[Note, ...]:
    """Where a value comes from: a note for each place between its use and its origin (a call, a local, a default, a
    ``.tfvars``), in this order, at most MAX_STEPS. None for what is written where it is used.
    """
    if not isinstance(value, Known):
        return ()
    steps = value.trail() if value.trail is not None else ()
    if not steps and value.at is not None:
        shown = str(value.value).lower() if isinstance(value.value, bool) else value.value
        steps = (Step(f"{shown} is written here", value.at),)
    lines = {(used_at.file, line) for line in range(used_at.line, used_at.end_line + 1)}
    notes = []
    for step in steps:
        if (step.at.file, step.at.line) not in lines:
            lines.add((step.at.file, step.at.line))
            notes.append(Note(step.message, step.at, step))
    return tuple(notes if len(notes) <= MAX_STEPS else (*notes[: MAX_STEPS - 1], notes[-1]))


class Finding(Struct, frozen=True):
    """A defect. ``at`` is the line to edit or look at first; ``addresses`` name what is concerned, and with the rule's
    id identify the finding across edits. ``severity`` overrides the rule's own. ``stack`` is the one it is about,
    by default that of the first address which the finding's file declares.
    """

    message: str
    at: Span
    addresses: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    remedy: str = ""
    severity: Severity | None = None
    stack: str = ""


class Undecided(Struct, frozen=True):
    """A question that the input does not answer: what was asked ("whether A and B overlap") and why it stays open."""

    question: str
    reason: str
    at: Span
    addresses: tuple[str, ...]
    stack: str = ""


Check: TypeAlias = Callable[["Network"], Iterator[Finding | Undecided]]


class Rule(Struct, frozen=True):
    """A rule as the registry holds it; ``page`` is its module's docstring in Markdown."""

    id: str
    name: str
    severity: Severity
    fix: Fix
    check: Check
    page: str
    enabled: bool = True


class Declared(Struct, frozen=True):
    """A check with what its decorator declares."""

    id: str
    name: str
    severity: Severity
    fix: Fix
    enabled: bool
    check: Check


def rule(
    id: str, name: str, severity: Severity, *, fix: Fix = Fix.NONE, enabled: bool = True
) -> Callable[[Check], Declared]:
    """Declare a check as a rule; its module's docstring is its page."""

    def declare(check: Check) -> Declared:
        return Declared(id, name, severity, fix, enabled, check)

    return declare
