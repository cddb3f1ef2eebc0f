"""Where an expression is evaluated: the module instance it belongs to, and the names that are local to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

from msgspec import Struct, field

from peerlint.network.model import Problem
from peerlint.network.values import Span
from peerlint.terraform.ast import Expr
from peerlint.terraform.errors import UnreadError
from peerlint.terraform.functions import FileContext
from peerlint.terraform.limits import Budget
from peerlint.terraform.values import TfValue


class Module(Protocol):
    """What evaluation asks of a module instance."""

    @property
    def address(self) -> str:
        """Its address; empty for the root."""

    @property
    def files(self) -> FileContext:
        """Where its functions read files."""

    @property
    def budget(self) -> Budget:
        """What its root has spent."""

    def look_up(
        self, name: str, steps: Sequence[str | Expr], scope: Scope, at: Span
    ) -> tuple[TfValue, list[str | Expr]]:
        """The value that a reference's first steps name, and the steps that are left. Raises EvaluationError."""

    def definition(self, kind: str, name: str) -> tuple[Expr, Scope] | None:
        """The expression that defines a local, or what the call passes for a variable, with its scope."""

    def definitions(self, name: str, steps: Sequence[str | Expr], scope: Scope) -> Iterator[Definition]:
        """What may define the thing that a reference names."""

    def doubt_about(self, expr: Expr) -> str | None:
        """Why it is undecided how many instances there are of the resource or module that an expression is."""

    @property
    def is_forgiving(self) -> bool:
        """Whether an error is caught by ``try`` or ``can``."""

    def report(self, problem: Problem) -> None:
        """Report a problem, unless it is inside ``try`` or ``can``."""

    def unread(self, error: UnreadError) -> None:
        """Report what is no HCL, also inside ``try`` and ``can``."""

    def forgiving(self) -> AbstractContextManager[None]:
        """Report no unresolved references meanwhile."""


class Scope(Struct, frozen=True):
    """``names`` are ``for`` variables and ``dynamic`` iterators; ``each`` and ``count`` those of the block."""

    module: Module
    names: Mapping[str, TfValue] = field(default_factory=dict)
    each: tuple[TfValue, TfValue] | None = None
    count: TfValue | None = None

    def bind(self, names: Mapping[str, TfValue]) -> Scope:
        """This scope with more local names."""
        return Scope(self.module, {**self.names, **names}, self.each, self.count)


Evaluate: TypeAlias = Callable[[Expr, Scope], TfValue]
"""Makes values of expressions; what evaluation itself calls is given it."""


class Frame(Struct, frozen=True):
    """An expression with its scope; ``around`` are the collections that ``each`` and the local names are taken from."""

    expr: Expr
    scope: Scope
    around: tuple[Frame, ...] = ()


class Definition(Struct, frozen=True):
    """What may define a thing that is referred to: expressions, or the place of a value that is given without one.

    ``message`` says what a place in it is to the value; ``call`` is the header of the module call that it stands in.
    With ``silent`` the message is left out where the value comes from further away.
    """

    message: str
    frames: tuple[Frame, ...] = ()
    given: Span | None = None
    call: Span | None = None
    silent: bool = False
