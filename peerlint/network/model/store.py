"""Values that one stack writes under a name and others read: parameters, exports, outputs of stacks."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from peerlint.network.model.origin import Origin, Place
from peerlint.network.values import Identity, Written


class Store(Enum):
    """Where the name has one value, in an account and Region."""

    EXPORT = "export"
    PARAMETER = "SSM parameter"
    OUTPUT = "stack output"


class Published(Struct, frozen=True):
    """A value under a name: an output of a stack is called ``stack.Output``."""

    store: Store
    name: str
    value: Written[object]
    origin: Origin
    place: Place


class Reading(Struct, frozen=True):
    """A use of the value that a name has; ``of`` is the identity of that value in the stack that reads it."""

    store: Store
    name: str
    of: Identity
    origin: Origin
    place: Place
