"""Where an expression is evaluated: the module instance it belongs to, and the names that are local to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from peerlint.terraform.values import TfValue

if TYPE_CHECKING:
    from peerlint.terraform.instance import ModuleInstance


@dataclass(frozen=True, slots=True)
class Scope:
    """``names`` are ``for`` variables and ``dynamic`` iterators; ``each`` and ``count`` those of the block."""

    module: ModuleInstance
    names: Mapping[str, TfValue] = field(default_factory=dict)
    each: tuple[TfValue, TfValue] | None = None
    count: TfValue | None = None

    def bind(self, names: Mapping[str, TfValue]) -> Scope:
        """This scope with more local names."""
        return replace(self, names={**self.names, **names})
