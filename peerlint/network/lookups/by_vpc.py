"""Things by the VPCs that they are of, where a VPC that is only looked up may be any other one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from peerlint.network.handles import Handle, handle
from peerlint.network.model import Vpc

T = TypeVar("T")


class ByVpc(Generic[T]):
    """Things by a VPC, or by each of several VPCs, that they are of.

    Two declared VPCs are never one (:meth:`peerlint.network.lookups.vpcs.Vpcs.same`), so that what may be of a declared
    one is of it, or of one that is not declared. ``items`` are all of them.
    """

    __slots__ = ("_looked_up", "_of", "items")

    def __init__(self, items: Iterable[tuple[T, tuple[Vpc, ...]]]) -> None:
        """Index things with their VPCs."""
        self.items: list[T] = []
        self._of: dict[Handle, list[int]] = defaultdict(list)
        self._looked_up: list[int] = []
        for number, (item, vpcs) in enumerate(items):
            self.items.append(item)
            keys = {key for vpc in vpcs if not vpc.outside and (key := handle(vpc.id)) is not None}
            for key in keys:
                self._of[key].append(number)
            if any(vpc.outside or handle(vpc.id) is None for vpc in vpcs):
                self._looked_up.append(number)

    def may_be_of(self, *vpcs: Vpc) -> list[T]:
        """Those among which are all that may be of each of some VPCs, in the order in which they were given."""
        first, *rest = (self._numbers(vpc) for vpc in vpcs)
        return self._in_order(first.intersection(*rest))

    def may_be_of_any(self, *vpcs: Vpc) -> list[T]:
        """Those among which are all that may be of one of some VPCs, in the order in which they were given."""
        return self._in_order({number for vpc in vpcs for number in self._numbers(vpc)})

    def _numbers(self, vpc: Vpc) -> set[int]:
        key = handle(vpc.id)
        if vpc.outside or key is None:
            return set(range(len(self.items)))
        return {*self._of.get(key, ()), *self._looked_up}

    def _in_order(self, numbers: set[int]) -> list[T]:
        return [self.items[number] for number in sorted(numbers)]
