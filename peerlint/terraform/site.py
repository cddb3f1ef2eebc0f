"""Where a module instance stands in its root: its address, its configuration, and the call that made it."""

from __future__ import annotations

from contextlib import AbstractContextManager

from msgspec import Struct

from peerlint.network.model import CERTAIN, Presence, Problem, ProblemKind
from peerlint.network.values import Span, Unknown, Why
from peerlint.terraform.ast import Block
from peerlint.terraform.config import ModuleConfig
from peerlint.terraform.expansion import Expansion, Shape, expand, keyed, uncounted
from peerlint.terraform.root_state import RootState
from peerlint.terraform.scope import Scope
from peerlint.terraform.summaries import Summary


class Site(Struct, frozen=True):
    """``address`` is empty for the root, else ``module.a["x"].module.b``; ``caller`` is the call with its scope;
    ``directories`` are those of the modules around this one, and its own; ``summary`` is what the configuration is of
    where it stands in for a module that is not on disk.
    """

    root: RootState
    config: ModuleConfig
    address: str = ""
    calls: tuple[Span, ...] = ()
    presence: Presence = CERTAIN
    caller: tuple[Block, Scope] | None = None
    directories: tuple[str, ...] = ()
    summary: Summary | None = None

    def prefixed(self, name: str) -> str:
        """The address of a thing in this module."""
        return f"{self.address}.{name}" if self.address else name

    def undeclared(self, message: str, at: Span | None, source: str) -> Unknown:
        """A reference that leads to nothing: PL905 where all of the module could be read."""
        if at is not None and self.config.complete and not self.config.wrapped:
            kind = ProblemKind.UNRESOLVED_REFERENCE
            self.root.report(Problem(kind, f"{message} in this module", at, self.address))
        return Unknown(Why.UNSUPPORTED, source, at)

    def refused(self, variable: str, reason: str, at: Span) -> Unknown:
        """A value that a variable's type does not take: PL902, except in 0.11's modules, whose types are hints."""
        if not self.config.is_legacy:
            message = f"`{self.prefixed(variable)}` does not take this value: {reason}"
            self.root.report(Problem(ProblemKind.INVALID_VALUE, message, at, self.address))
        return Unknown(Why.INVALID, variable, at)

    def busy(self, name: str, at: Span) -> AbstractContextManager[None]:
        """Mark a thing, declared ``at`` a place, as being evaluated. Raises FatalError where it refers to itself."""
        return self.root.evaluating(self.prefixed(name), at)

    def expanded(self, block: Block, scope: Scope, address: str) -> Expansion:
        """The instances of a block, or one uncertain instance in place of more than the root may have."""
        expansion = expand(block, scope)
        told = self.root.keys(address)
        if told is not None:
            expansion = keyed(expansion, told)
        is_written = self.caller is None and expansion.shape is Shape.SINGLE
        if is_written or self.root.budget.instance(len(expansion.items), block.header) or len(expansion.items) <= 1:
            return expansion
        return uncounted(expansion.shape, block.header)
