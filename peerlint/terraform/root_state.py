"""What all module instances of one root share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peerlint.network.model import Problem
from peerlint.network.values import Span
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.limits import Budget

if TYPE_CHECKING:
    from peerlint.terraform.arguments import Arguments
    from peerlint.terraform.resource import ResourceInstance


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
        self.by_address: dict[str, ResourceInstance] = {}
        self.configs: dict[str, ModuleConfig] = {}
        self.problems: dict[Problem, None] = {}
        self.unread: list[Unread] = []
        self.forgiving = 0
        self.budget = Budget()

    def report(self, problem: Problem) -> None:
        """Keep a problem, once; inside ``try`` and ``can`` it is none."""
        if not self.forgiving:
            self.problems.setdefault(problem)

    def take_problems(self) -> list[Problem]:
        """What was reported since the last call."""
        taken = list(self.problems)
        self.problems = {}
        return taken
