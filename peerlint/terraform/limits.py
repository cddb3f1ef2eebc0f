"""What a root may cost. Real roots stay far below; past a limit a value is unknown, and PL901 says where."""

from __future__ import annotations

from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Known, Span
from peerlint.terraform.values import EvaluationError, TfValue, elements

MAX_STEPS = 500_000
"""Expressions evaluated in one root."""

MAX_TEXT = 1_000_000
"""Characters of one string."""

MAX_SIZE = 200_000
"""Elements, at any depth, of one local value, variable or output."""

MAX_INSTANCES = 10_000
"""Instances of resources and modules in one root."""


class TooLargeError(EvaluationError):
    """A limit is passed; ``try`` does not catch it for long, as the next step passes it again."""


class Budget:
    """Counts what one root costs, and remembers the places where a limit was passed."""

    __slots__ = ("_passed", "instances", "steps")

    def __init__(self) -> None:
        """A budget of which nothing is spent."""
        self.steps = 0
        self.instances = 0
        self._passed: dict[str, Span] = {}

    def step(self, at: Span) -> None:
        """Count one expression. Raises TooLargeError past the limit."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise self.passed(f"evaluating this root takes more than {MAX_STEPS:,} steps", at)

    def instance(self, count: int, at: Span) -> bool:
        """Count instances; whether there is still room for them."""
        self.instances += count
        if self.instances > MAX_INSTANCES:
            self.passed(f"this root has more than {MAX_INSTANCES:,} instances of resources and modules", at)
        return self.instances <= MAX_INSTANCES

    def text(self, length: int, at: Span) -> None:
        """Check a string's length. Raises TooLargeError past the limit."""
        if length > MAX_TEXT:
            raise self.passed(f"a string of more than {MAX_TEXT:,} characters", at)

    def size(self, value: TfValue, at: Span) -> None:
        """Check how many elements a value has. Raises TooLargeError past the limit."""
        left = MAX_SIZE
        pending = [value]
        while pending:
            items = elements(pending.pop()) or ()
            left -= len(items)
            if left < 0:
                raise self.passed(f"a value of more than {MAX_SIZE:,} elements", at)
            pending += [item for item in items if isinstance(item, Known)]

    def passed(self, message: str, at: Span) -> TooLargeError:
        """Remember a passed limit, once each; returns the error to raise."""
        self._passed.setdefault(message, at)
        return TooLargeError(message)

    def problems(self) -> list[Problem]:
        """A PL901 for each limit that was passed, where it was."""
        kind = ProblemKind.UNREADABLE_INPUT
        return [Problem(kind, f"{message}: the rest is unknown", at) for message, at in self._passed.items()]
