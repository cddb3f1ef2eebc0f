"""Look-ups of subnets: by id, by VPC, by address block."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from peerlint.network.cidr import Cidr
from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.members import Members
from peerlint.network.model import Kind, Subnet, SubnetAssociation, Vpc
from peerlint.network.values import Identity, Maybe, Unknown, Value, Why, Written


class Subnets:
    """The subnets of VPCs, and the associations that give them a route table."""

    def __init__(self, declarations: Declarations) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations

    @cached_property
    def _index(self) -> dict[Handle, Subnet]:
        return indexed(self._declarations.all(Subnet), lambda s: (s.outside,))

    def by_id(self, id: Value[str]) -> Subnet | None:
        """The subnet with this id, declared or looked up."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    @cached_property
    def _by_vpc(self) -> dict[Handle, list[Subnet]]:
        return grouped(self._declarations.all(Subnet), lambda s: s.vpc)

    @kept
    def of(self, vpc: Vpc) -> Members[Subnet]:
        """The subnets of a VPC."""
        key = handle(vpc.id)
        items = tuple(self._by_vpc.get(key, ())) if key is not None else ()
        reasons = self._declarations.openness(Kind.SUBNET, vpc.origin.stack, vpc.id)
        if vpc.outside and vpc.shown is None:
            reasons = (*reasons, elsewhere("subnets", vpc))
        strays = self._strays.get(vpc.origin.stack, ())
        untold = (Maybe(f"the VPC of {subnet.origin.address} is not told") for subnet in strays[:1])
        return Members(items, (*reasons, *untold))

    @cached_property
    def _strays(self) -> dict[str, list[Subnet]]:
        """The subnets that may be of any VPC of their stack. A VPC that it is given, or looks up, is none it makes."""
        vpcs = {handle(vpc.id) for vpc in self._declarations.all(Vpc)} - {None}
        found: dict[str, list[Subnet]] = defaultdict(list)
        for subnet in self._declarations.all(Subnet):
            id = subnet.vpc
            if not isinstance(id, Unknown) or subnet.outside or handle(id) in vpcs:
                continue
            if id.of is None or id.of.many or id.of.computed:
                found[subnet.origin.stack].append(subnet)
        return found

    def of_cidr(self, cidr: Written[Cidr]) -> Subnet | None:
        """The subnet of which this unknown value is an address block."""
        return self._by_block.get(cidr.of) if isinstance(cidr, Unknown) and cidr.of is not None else None

    @cached_property
    def _by_block(self) -> dict[Identity, Subnet]:
        found: dict[Identity, Subnet] = {}
        for subnet in self._declarations.all(Subnet):
            for block in subnet.blocks:
                if isinstance(block.cidr, Unknown) and block.cidr.of is not None:
                    found.setdefault(block.cidr.of, subnet)
        return found

    @cached_property
    def _associations(self) -> dict[Handle, list[SubnetAssociation]]:
        return grouped(self._declarations.all(SubnetAssociation), lambda a: a.subnet)

    @cached_property
    def _stray_associations(self) -> dict[str, list[SubnetAssociation]]:
        """Those whose subnet is not told, by their stack. A variable of a root is not given what the root makes."""
        found: dict[str, list[SubnetAssociation]] = defaultdict(list)
        for association in self._declarations.all(SubnetAssociation):
            id = association.subnet
            given = isinstance(id, Unknown) and id.why is Why.VARIABLE and id.of is not None and not id.of.computed
            if isinstance(id, Unknown) and not given and self.by_id(id) is None:
                found[association.origin.stack].append(association)
        return found

    def stray_associations(self, subnet: Subnet) -> tuple[SubnetAssociation, ...]:
        """The associations that may be of a subnet, as nothing in the input tells which one they name."""
        return tuple(self._stray_associations.get(subnet.origin.stack, ()))

    @kept
    def associations(self, subnet: Subnet) -> Members[SubnetAssociation]:
        """The explicit route table associations of a subnet."""
        key = handle(subnet.id)
        items = self._associations.get(key, []) if key is not None else []
        return Members(
            tuple(items), self._declarations.openness(Kind.ASSOCIATION, subnet.origin.stack, subnet.id, subnet.vpc)
        )
