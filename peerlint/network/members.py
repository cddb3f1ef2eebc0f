"""A set of entities, and whether all of it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from peerlint.network.values import Maybe

T = TypeVar("T")


class Members(Struct, Generic[T], frozen=True):
    """A set as far as it was read. Where ``open`` is not empty, it says why there may be more."""

    items: tuple[T, ...]
    open: tuple[Maybe, ...] = ()

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    @property
    def closed(self) -> bool:
        """Whether an absence from it can be claimed."""
        return not self.open
