"""VPCs by their address blocks, so that those which a destination leads into are found without looking at the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr
from peerlint.network.cidr_index import CidrIndex
from peerlint.network.handles import Handle, handle
from peerlint.network.model import Vpc
from peerlint.network.network import Network
from peerlint.network.values import Identity, Known, Written


class VpcIndex:
    """Some VPCs by the blocks that they certainly have."""

    def __init__(self, network: Network, vpcs: Iterable[Vpc]) -> None:
        """Index these VPCs of a network."""
        self._network = network
        self._vpcs: Sequence[Vpc] = tuple(vpcs)
        self._by_identity: dict[Identity, list[int]] = defaultdict(list)
        self._by_id: dict[Handle, list[int]] = defaultdict(list)
        self._by_block = CidrIndex(self._known())

    def _known(self) -> Iterator[tuple[Cidr, int]]:
        """The known blocks, each with the number of its VPC; notes unknown ones on the way."""
        for number, vpc in enumerate(self._vpcs):
            key = handle(vpc.id)
            if key is not None:
                self._by_id[key].append(number)
            for item in self._network.vpcs.placed_blocks(vpc):
                cidr = cidr_of(vpc, item.block)
                if item.doubt is None and isinstance(cidr, Known):
                    yield cidr.value, number
                own = item.block.cidr
                if item.doubt is None and not isinstance(own, Known) and own.of is not None:
                    self._by_identity[own.of].append(number)

    def holding(self, cidr: Written[Cidr]) -> Iterator[Vpc]:
        """Those among which are all that certainly have an address of a destination, in their order."""
        return (self._vpcs[number] for number in self.numbers_of(cidr))

    def numbers_of(self, cidr: Written[Cidr]) -> Sequence[int]:
        """Their numbers, in the order in which they were given."""
        if isinstance(cidr, Known):
            if cidr.value.prefix == 0:
                return range(len(self._vpcs))
            return sorted(set(self._by_block.meeting(cidr.value)))
        owner = self._network.vpcs.of_cidr(cidr)
        key = handle(owner.id) if owner is not None else None
        of_owner = self._by_id.get(key, ()) if key is not None else ()
        return sorted({*of_owner, *(self._by_identity.get(cidr.of, ()) if cidr.of is not None else ())})
