"""What all module instances of one root share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from peerlint.network.model import Place, Problem
from peerlint.network.values import Span
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.limits import Budget
from peerlint.terraform.objects import Attributed
from peerlint.terraform.values import TfValue


class Declared(Attributed, Protocol):
    """A resource instance or data source, as others find it by its address."""

    @property
    def data(self) -> bool:
        """Whether it is a data source."""

    @property
    def type(self) -> str:
        """Its type (``aws_vpc``)."""

    @property
    def place(self) -> Place:
        """The Region and account it lives in."""


class Told(Protocol):
    """What a plan tells of a root that is evaluated for its sake."""

    def attribute(self, address: str, name: str) -> TfValue | None:
        """A known attribute of a resource instance, or ``None`` for one that the plan does not tell."""

    def keys(self, address: str) -> Sequence[int | str] | None:
        """The keys of the instances of a resource or module call with ``count`` or ``for_each``, or ``None``."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A module call whose source is not on disk, or too deep."""

    address: str
    source: str
    at: Span
    arguments: Arguments


class RootState:
    """What all module instances of one root share."""

    def __init__(self, stack: str, directory: str, project_dir: str, plan: Told | None = None) -> None:
        """The state of a root whose evaluation has not begun; what a ``plan`` tells of it goes before evaluation."""
        self.stack = stack
        self.directory = directory
        self.project_dir = project_dir
        self.by_address: dict[str, Declared] = {}
        self.configs: dict[str, ModuleConfig] = {}
        self.unread: list[Unread] = []
        self.budget = Budget()
        self.forgiving = 0
        self._plan = plan
        self._questions: dict[str, str] = {}
        self._problems: dict[Problem, None] = {}

    def told(self, address: str, name: str) -> TfValue | None:
        """What a plan tells of an attribute."""
        return self._plan.attribute(address, name) if self._plan is not None else None

    def keys(self, address: str) -> Sequence[int | str] | None:
        """The instances that a plan tells of a resource or module call."""
        return self._plan.keys(address) if self._plan is not None else None

    def first_with(self, question: str | None, address: str) -> str:
        """The address of the first data source that asks a question: this one's, where none did before."""
        return address if question is None else self._questions.setdefault(question, address)

    def report(self, problem: Problem) -> None:
        """Keep a problem, once; inside ``try`` and ``can`` it is none."""
        if not self.forgiving:
            self._problems.setdefault(problem)

    def take_problems(self) -> list[Problem]:
        """What was reported since the last call."""
        taken = list(self._problems)
        self._problems = {}
        return taken
