"""Where an expression is evaluated: the module instance it belongs to, and the names that are local to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol

from peerlint.network.values import Span
from peerlint.terraform.ast import Expr
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

    def is_uncertain(self, expr: Expr) -> bool:
        """Whether an expression is a resource or module of which it is undecided how many instances there are."""

    def forgiving(self) -> AbstractContextManager[None]:
        """Report no unresolved references meanwhile."""


@dataclass(frozen=True, slots=True)
class Scope:
    """``names`` are ``for`` variables and ``dynamic`` iterators; ``each`` and ``count`` those of the block."""

    module: Module
    names: Mapping[str, TfValue] = field(default_factory=dict)
    each: tuple[TfValue, TfValue] | None = None
    count: TfValue | None = None

    def bind(self, names: Mapping[str, TfValue]) -> Scope:
        """This scope with more local names."""
        return replace(self, names={**self.names, **names})
