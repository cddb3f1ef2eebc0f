"""What the look-ups are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from peerlint.network.model import Entity, Kind
from peerlint.network.values import Maybe, Value

E_ = TypeVar("E_", bound=Entity)


class Declarations(Protocol):
    """The declared entities, and why there may be more of them; :class:`peerlint.network.network.Network` is one."""

    def all(self, kind: type[E_]) -> tuple[E_, ...]:
        """Every declared entity of a kind, in the order of the stacks."""

    @property
    def named_vpcs(self) -> Mapping[str, frozenset[str]]:
        """The ids of VPCs that each stack of code names, or looks up."""

    def openness(self, kind: Kind, stack: str, *ids: Value[str]) -> tuple[Maybe, ...]:
        """Why more things of a kind may exist for the entities with these ids; empty where all was read."""
