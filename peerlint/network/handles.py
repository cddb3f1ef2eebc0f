"""What entities are looked up by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Protocol, TypeAlias, TypeVar

from peerlint.network.model import Entity
from peerlint.network.values import Identity, Unknown, Value, Why, Written

E_ = TypeVar("E_", bound=Entity)

Handle: TypeAlias = str | Identity
"""What an id is looked up by: its literal, or the identity of an unknown one."""


_PREFIXES = "vpc|rtb|sg|pcx|subnet|acl|igw|vgw|nat|tgw|eni|pl|vpce"
_INVENTED = "12345678|87654321|1234abcd|abcd1234|abcdef12|1a2b3c4d|0123456789abcdef0|1234567890abcdef0"

PLACEHOLDER = re.compile(rf"(?:{_PREFIXES})-(?:(?=.*[^0-9a-f])|(?:{_INVENTED}|([0-9a-f])\1+)$)")
"""An id that stands for one that is still to be filled in: an id of AWS has hexadecimal digits after its prefix, which
``vpc-xxxxxxxx`` has not, and nobody gets ``vpc-12345678``, which examples have
(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html).
"""


VPC_ID = re.compile(r"vpc-[0-9a-f]{8}(?:[0-9a-f]{9})?")
"""Ids have 8 or 17 hexadecimal digits (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html)."""


def handle(value: Value[str]) -> Handle | None:
    """The handle of an id; ``None`` for one that is not written, is a placeholder, or has no identity."""
    if isinstance(value, Unknown):
        return value.of
    return None if value is None or _is_placeholder(value.value) else value.value


@lru_cache(maxsize=65536)
def _is_placeholder(text: str) -> bool:
    return PLACEHOLDER.match(text) is not None


class Identified(Protocol):
    """An entity with an id of its own."""

    @property
    def id(self) -> Written[str]:
        """The value of its id."""


I_ = TypeVar("I_", bound=Identified)


def indexed(items: Iterable[I_], rank: Callable[[I_], tuple[bool, ...]]) -> dict[Handle, I_]:
    """The entities by their id; of several with one id the one that ``rank`` puts first, false before true."""
    found: dict[Handle, I_] = {}
    for item in sorted(items, key=rank):
        key = handle(item.id)
        if key is not None:
            found.setdefault(key, item)
    return found


def grouped(items: Iterable[E_], id: Callable[[E_], Value[str]]) -> dict[Handle, list[E_]]:
    """The entities by an id that they name; those whose id has no handle are left out."""
    found: dict[Handle, list[E_]] = defaultdict(list)
    for item in items:
        key = handle(id(item))
        if key is not None:
            found[key].append(item)
    return found


def may_be_own(id: Value[str]) -> bool:
    """Whether an id that leads to nothing in the input may be that of something which its own stack declares.

    A variable of a root is not given what the root makes, and no look-up finds what is not there yet.
    """
    if not isinstance(id, Unknown):
        return False
    given = id.why in (Why.VARIABLE, Why.LOOKUP) and id.of is not None and not id.of.computed
    return not given
