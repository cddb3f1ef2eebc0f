"""What all module instances of one root share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from peerlint.network.model import Place, Problem
from peerlint.network.values import Span
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.limits import Budget
from peerlint.terraform.objects import Attributed


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


@dataclass(frozen=True, slots=True)
class Unread:
    """A module call whose source is not on disk, or too deep."""

    address: str
    source: str
    at: Span
    arguments: Arguments


class RootState:
    """What all module instances of one root share."""

    def __init__(self, stack: str, directory: str, project_dir: str) -> None:
        """The state of a root whose evaluation has not begun."""
        self.stack = stack
        self.directory = directory
        self.project_dir = project_dir
        self.by_address: dict[str, Declared] = {}
        self.configs: dict[str, ModuleConfig] = {}
        self.unread: list[Unread] = []
        self.budget = Budget()
        self.forgiving = 0
        self._questions: dict[str, str] = {}
        self._problems: dict[Problem, None] = {}

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
