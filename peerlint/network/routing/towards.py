"""What leads to addresses, by where it leads, so that what leads to a VPC is found without looking at the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from peerlint.network.blocks import cidr_of, relevant_blocks
from peerlint.network.cidr import Cidr
from peerlint.network.cidr_index import CidrIndex
from peerlint.network.handles import Handle, handle
from peerlint.network.members import Members
from peerlint.network.model import Route, RouteTable, Vpc
from peerlint.network.network import Network
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, prefixes
from peerlint.network.values import Identity, Known, Unknown

T = TypeVar("T")


class Towards(Generic[T]):
    """Things by their destinations: routes, the rules of a group, the entries of an ACL.

    What it finds for a VPC is a choice of them, in their order: whether one leads there is for
    :func:`peerlint.network.routing.destinations.shares` to say, which says no of all others.
    """

    def __init__(self, network: Network, items: Iterable[tuple[T, Members[Prefix]]]) -> None:
        """Index things of a network with their destinations; one whose destinations are open may lead anywhere."""
        self._network = network
        self._items: list[T] = []
        self._whole: list[int] = []
        self._untold: list[int] = []
        self._by_identity: dict[Identity, list[int]] = defaultdict(list)
        self._by_owner: dict[Handle, list[int]] = defaultdict(list)
        self._by_block = CidrIndex(self._known(items))

    def _known(self, items: Iterable[tuple[T, Members[Prefix]]]) -> Iterator[tuple[Cidr, int]]:
        """The known blocks, each with the number of its thing; notes all other destinations on the way."""
        for number, (item, found) in enumerate(items):
            self._items.append(item)
            if found.open or any(isinstance(prefix.cidr, Unknown) for prefix in found):
                self._untold.append(number)
            for prefix in found:
                if isinstance(prefix.cidr, Unknown):
                    self._note(prefix.cidr, number)
                    continue
                yield prefix.cidr.value, number
                if prefix.whole:
                    self._whole.append(number)

    def _note(self, cidr: Unknown, number: int) -> None:
        if cidr.of is not None:
            self._by_identity[cidr.of].append(number)
        owner = self._network.vpcs.of_cidr(cidr)
        key = handle(owner.id) if owner is not None else None
        if key is not None:
            self._by_owner[key].append(number)

    def certain(self, vpc: Vpc) -> Sequence[T]:
        """Those among which are all that certainly lead to a VPC."""
        return self._in_order((*self._whole, *self._to(vpc)))

    def possible(self, vpc: Vpc) -> Sequence[T]:
        """Those among which are all that may lead to a VPC: every one, where not all blocks of the VPC are told."""
        placed, relevant = self._network.vpcs.placed_blocks(vpc), relevant_blocks(self._network, vpc)
        if placed.open or any(isinstance(cidr_of(vpc, item.block), Unknown) for item in relevant):
            return self._items
        return self._in_order((*self._whole, *self._untold, *self._to(vpc)))

    def _to(self, vpc: Vpc) -> Iterator[int]:
        """The numbers of those to a known block of a VPC, or to an unknown one that is of it."""
        for item in self._network.vpcs.placed_blocks(vpc):
            cidr = cidr_of(vpc, item.block)
            if isinstance(cidr, Known):
                yield from self._by_block.meeting(cidr.value)
            if isinstance(item.block.cidr, Unknown) and item.block.cidr.of is not None:
                yield from self._by_identity.get(item.block.cidr.of, ())
        key = handle(vpc.id)
        yield from self._by_owner.get(key, ()) if key is not None else ()

    def _in_order(self, numbers: Iterable[int]) -> list[T]:
        return [self._items[number] for number in sorted(set(numbers))]


@remembered
def towards(network: Network, table: RouteTable) -> Towards[Route]:
    """The routes of a table by where they lead."""
    return Towards(network, ((route, prefixes(network, route)) for route in network.routes.of(table)))
