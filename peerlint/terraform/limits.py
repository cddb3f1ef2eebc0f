"""What a root has cost so far. Past a limit a value is unknown, and PL901 says where."""

from __future__ import annotations

from collections.abc import Sequence

from peerlint.limits import LIMITS, Limits
from peerlint.network.model import Problem, ProblemKind
from peerlint.network.values import Known, Span
from peerlint.terraform.values import CONTAINERS, FatalError, TfValue, elements

MOST_WAITS = 3
"""How often one root may make peerlint wait for something that then takes too long."""


STEPS_A_LINE = 10
"""What a line may cost beside the limit on steps, which is for what is repeated: by ``count``, ``for`` and modules."""


class TooLargeError(FatalError):
    """A limit is passed."""


class Budget:
    """Counts what one root costs, and remembers the places where a limit was passed."""

    __slots__ = ("_lines", "_passed", "_waited", "instances", "limits", "steps")

    def __init__(self, limits: Limits = LIMITS) -> None:
        """A budget of which nothing is spent."""
        self.limits = limits
        self.steps = 0
        self._lines = 0
        self.instances = 0
        self._passed: dict[str, Span] = {}
        self._waited = 0

    def written(self, extents: Sequence[Span]) -> None:
        """Count the lines of a module's blocks: to evaluate what is written costs no more than to read it."""
        self._lines += sum(extent.end_line - extent.line + 1 for extent in extents)

    @property
    def is_patient(self) -> bool:
        """Whether there is still time for what may take long."""
        return self._waited < MOST_WAITS

    def waited(self) -> None:
        """Count something that took too long."""
        self._waited += 1

    def made(self, value: TfValue, at: Span) -> None:
        """Count what a function made: a step for each element, or for each thousand characters.

        Raises TooLargeError past the limit.
        """
        match value:
            case Known(value=str() as text):
                self.step(at, len(text) // 1000)
            case _:
                self.step(at, len(elements(value) or ()))

    def step(self, at: Span, count: int = 1) -> None:
        """Count expressions. Raises TooLargeError past the limit."""
        self.steps += count
        if self.steps > self.limits.steps + STEPS_A_LINE * self._lines:
            raise self.passed(f"evaluating this root takes more than {self.limits.steps:,} steps (limits.steps)", at)

    @property
    def has_room(self) -> bool:
        """Whether the root may have more instances."""
        return self.instances <= self.limits.instances

    def instance(self, count: int, at: Span) -> bool:
        """Count instances; whether there is still room for them."""
        self.instances += count
        if not self.has_room:
            most = self.limits.instances
            self.passed(f"this root has more than {most:,} instances of resources and modules (limits.instances)", at)
        return self.has_room

    def text(self, length: int, at: Span) -> None:
        """Check a string's length. Raises TooLargeError past the limit."""
        if length > self.limits.text:
            raise self.passed(f"a string of more than {self.limits.text:,} characters (limits.text)", at)

    def size(self, value: TfValue, at: Span) -> None:
        """Check how many elements a value has. Raises TooLargeError past the limit."""
        left = self.limits.elements
        pending = [value]
        while pending:
            items = elements(pending.pop()) or ()
            left -= len(items)
            if left < 0:
                raise self.passed(f"a value of more than {self.limits.elements:,} elements (limits.elements)", at)
            pending += [item for item in items if isinstance(item, Known) and isinstance(item.value, CONTAINERS)]

    def depth(self, at: Span) -> TooLargeError:
        """The error of what is nested deeper than it can be walked."""
        return self.passed("nested too deeply to be evaluated", at)

    def passed(self, message: str, at: Span) -> TooLargeError:
        """Remember a passed limit, once each; returns the error to raise."""
        self._passed.setdefault(message, at)
        return TooLargeError(message)

    def problems(self) -> list[Problem]:
        """A PL901 for each limit that was passed, where it was."""
        kind = ProblemKind.UNREADABLE_INPUT
        return [Problem(kind, f"{message}: the rest is unknown", at) for message, at in self._passed.items()]
