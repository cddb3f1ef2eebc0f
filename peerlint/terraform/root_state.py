"""What all module instances of one root share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from peerlint.network.model import Place, Problem, ProblemKind
from peerlint.network.values import Identity, Maybe, Span
from peerlint.terraform.arguments import Arguments
from peerlint.terraform.ast import Block
from peerlint.terraform.config import ModuleConfig, load_module, unreadable
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.limits import Budget
from peerlint.terraform.objects import Attributed
from peerlint.terraform.summaries import Summary
from peerlint.terraform.values import FatalError, TfValue

if TYPE_CHECKING:
    from peerlint.terraform.declaration import BlockArguments


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


class Unread(Struct, frozen=True):
    """A module call whose source is not on disk; or is, but is not read for the ``reason`` that is told elsewhere.

    ``summary`` says why no summary stands in for one that is not on disk.
    """

    address: str
    source: str
    at: Span
    arguments: Arguments
    reason: str = ""
    summary: str = ""


class Summarised(Struct, frozen=True):
    """A module call whose source is not on disk, and for which a summary stands in; not one inside a summary."""

    address: str
    summary: Summary
    call: Block
    arguments: Arguments


class OutputSource(Protocol):
    """A root module whose state another one reads."""

    @property
    def is_complete(self) -> bool:
        """Whether every file of it could be read, so that an output that it does not declare does not exist."""

    def output_names(self) -> Sequence[str]:
        """The names of its outputs."""

    def output(self, name: str) -> TfValue | None:
        """The value of an output, or ``None`` where there is no such output. Raises EvaluationError."""


class StateReader(Protocol):
    """The roots of the run, for a root that reads the state of another one."""

    def state(self, asking: RootState, address: str, arguments: BlockArguments) -> OutputSource | Maybe | None:
        """The root that keeps the state that the ``terraform_remote_state`` at an address reads.

        ``None`` where no root of the run does, Maybe where one may.
        """

    def output(self, source: OutputSource, name: str) -> TfValue | None:
        """An output of such a root, unknown where it cannot be evaluated; ``None`` where there is no such output."""

    def declared(self, identity: Identity) -> Declared | None:
        """What an identity of another root is of, where that root's state has been read."""


class RootState:
    """What all module instances of one root share."""

    def __init__(
        self,
        stack: str,
        directory: str,
        project_dir: str,
        budget: Budget | None = None,
        workspace: str | None = None,
        others: StateReader | None = None,
        plan: Told | None = None,
    ) -> None:
        """The state of a root whose evaluation has not begun; what a ``plan`` tells of it goes before evaluation."""
        self.stack = stack
        self.directory = directory
        self.project_dir = project_dir
        self.workspace = workspace
        self.others = others
        self._sources: dict[str, OutputSource | Maybe | None] = {}
        self.by_address: dict[str, Declared] = {}
        self.configs: dict[str, ModuleConfig] = {}
        self.unread: list[Unread] = []
        self.summarised: list[Summarised] = []
        self.budget = budget or Budget()
        self.forgiving = 0
        self._plan = plan
        self._questions: dict[str, str] = {}
        self._problems: dict[Problem, None] = {}
        self._evaluating: dict[str, Span] = {}
        self.circles: dict[Problem, None] = {}
        self.unread_parts: dict[Problem, None] = {}

    def module(self, directory: str) -> ModuleConfig:
        """The configuration in a directory; what of its blocks is asked for and is no HCL is kept."""
        if directory not in self.configs:
            config = load_module(directory, self.budget.limits.file_size).noted(self.unread_part)
            self.budget.written(config.extents)
            self.configs[directory] = config
        return self.configs[directory]

    def unread_part(self, error: UnreadError) -> None:
        """Keep that a block, or an argument, is no HCL."""
        self.unread_parts.setdefault(unreadable(str(error), error.at))

    def read_by(self, address: str, arguments: BlockArguments) -> OutputSource | Maybe | None:
        """The root whose state a ``terraform_remote_state`` of this root reads, as StateReader has it."""
        if self.others is None:
            return None
        if address not in self._sources:
            self._sources[address] = self.others.state(self, address, arguments)
        return self._sources[address]

    def declared(self, identity: Identity) -> Declared | None:
        """The resource or data source that an identity is of: of this root, or of one whose state it has read."""
        if identity.stack == self.stack:
            return self.by_address.get(identity.address)
        return self.others.declared(identity) if self.others is not None else None

    def told(self, address: str, name: str) -> TfValue | None:
        """What a plan tells of an attribute."""
        return self._plan.attribute(address, name) if self._plan is not None else None

    def keys(self, address: str) -> Sequence[int | str] | None:
        """The instances that a plan tells of a resource or module call."""
        return self._plan.keys(address) if self._plan is not None else None

    def first_with(self, question: str | None, address: str) -> str:
        """The address of the first data source that asks a question: this one's, where none did before."""
        return address if question is None else self._questions.setdefault(question, address)

    def evaluating(self, name: str, at: Span) -> AbstractContextManager[None]:
        """Mark a thing as being evaluated; ``at`` is where it is declared.

        Raises FatalError where it already is, as it then refers to itself: PL905, at the first thing of the circle.
        """
        if name in self._evaluating:
            raise self._circle(name)
        self._evaluating[name] = at
        return _Evaluating(self._evaluating, name)

    def _circle(self, name: str) -> FatalError:
        names = list(self._evaluating)
        circle = sorted(names[names.index(name) :], key=lambda member: self._evaluating[member])
        shown = [f"`{member}`" for member in circle]
        message = f"{shown[0]} refers to itself"
        if len(shown) > 1:
            message = f"{', '.join(shown[:-1])} and {shown[-1]} refer to each other in a circle"
        notes = tuple((f"`{member}` is declared here", self._evaluating[member]) for member in circle[1:])
        kind, at = ProblemKind.UNRESOLVED_REFERENCE, self._evaluating[circle[0]]
        self.circles.setdefault(Problem(kind, message, at, circle[0], notes))
        return FatalError(message)

    def circular(self, name: str, at: Span) -> str:
        """Why a module call is not followed that leads back to a module around it; PL905 says so."""
        message = f"{name} calls a module that it is part of, which never ends"
        self.circles.setdefault(Problem(ProblemKind.UNRESOLVED_REFERENCE, message, at, name.strip("`")))
        return message

    def report(self, problem: Problem) -> None:
        """Keep a problem, once; inside ``try`` and ``can`` it is none."""
        if not self.forgiving:
            self._problems.setdefault(problem)

    def take_problems(self) -> list[Problem]:
        """What was reported since the last call."""
        taken = list(self._problems)
        self._problems = {}
        return taken


class _Evaluating:
    """That a thing is being evaluated, until it is left: entered for each value of a root, and so no generator."""

    __slots__ = ("_name", "_names")

    def __init__(self, names: dict[str, Span], name: str) -> None:
        self._names = names
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        del self._names[self._name]
