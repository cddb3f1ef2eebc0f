"""Look-ups that are made once for each thing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")


def kept(lookup: Callable[[S, T], R]) -> Callable[[S, T], R]:
    """The method, which keeps what it found for each thing, told apart by identity.

    The things are entities, which live as long as the look-ups do, and are not hashed: a deep one takes longer to hash
    than to look up.
    """
    name = f"_kept_{lookup.__name__}"

    @wraps(lookup)
    def found(self: S, thing: T) -> R:
        known: dict[int, tuple[Any, Any]] = self.__dict__.setdefault(name, {})
        entry = known.get(id(thing))
        if entry is None:
            entry = known[id(thing)] = (thing, lookup(self, thing))
        result: R = entry[1]
        return result

    return found
