"""The routes of a table by where they lead, so that those to a VPC are found without looking at the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from peerlint.network.blocks import cidr_of, relevant_blocks
from peerlint.network.cidr import Cidr
from peerlint.network.cidr_index import CidrIndex
from peerlint.network.handles import Handle, handle
from peerlint.network.model import Route, RouteTable, Vpc
from peerlint.network.network import Network
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import prefixes
from peerlint.network.values import Identity, Known, Unknown


class Towards:
    """Routes by their destinations.

    What it finds for a VPC is a choice of routes, in their order: whether one leads there is for
    :func:`peerlint.network.routing.destinations.leads_to` to say, which says no of all others.
    """

    def __init__(self, network: Network, routes: Sequence[Route]) -> None:
        """Index these routes of a network."""
        self._network, self._routes = network, routes
        self._whole: list[int] = []
        self._untold: list[int] = []
        self._by_identity: dict[Identity, list[int]] = defaultdict(list)
        self._by_owner: dict[Handle | None, list[int]] = defaultdict(list)
        self._by_block = CidrIndex(self._known())

    def _known(self) -> Iterator[tuple[Cidr, int]]:
        """The known blocks, each with the number of its route; notes all other destinations on the way."""
        for number, route in enumerate(self._routes):
            found = prefixes(self._network, route)
            if found.open or any(isinstance(prefix.cidr, Unknown) for prefix in found):
                self._untold.append(number)
            for prefix in found:
                if isinstance(prefix.cidr, Known):
                    yield prefix.cidr.value, number
                    if prefix.whole:
                        self._whole.append(number)
                    continue
                if prefix.cidr.of is not None:
                    self._by_identity[prefix.cidr.of].append(number)
                owner = self._network.vpcs.of_cidr(prefix.cidr)
                if owner is not None:
                    self._by_owner[handle(owner.id)].append(number)

    def certain(self, vpc: Vpc) -> list[Route]:
        """Those among which are all that certainly lead to a VPC."""
        return self._in_order((*self._whole, *self._to(vpc)))

    def possible(self, vpc: Vpc) -> Sequence[Route]:
        """Those among which are all that may lead to a VPC: every one, where not all blocks of the VPC are told."""
        placed, relevant = self._network.vpcs.placed_blocks(vpc), relevant_blocks(self._network, vpc)
        if placed.open or any(isinstance(cidr_of(vpc, item.block), Unknown) for item in relevant):
            return self._routes
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

    def _in_order(self, numbers: Iterable[int]) -> list[Route]:
        return [self._routes[number] for number in sorted(set(numbers))]


@remembered
def towards(network: Network, table: RouteTable) -> Towards:
    """The routes of a table by where they lead."""
    return Towards(network, network.routes.of(table).items)
