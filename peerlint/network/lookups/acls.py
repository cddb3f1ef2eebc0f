"""Look-ups of network ACLs: their entries, and which of them a subnet has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from peerlint.network.cidr import Cidr
from peerlint.network.handles import Handle, grouped, handle, indexed, may_be_own
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.members import Members
from peerlint.network.model import (
    AclAssociation,
    AclEntry,
    Direction,
    Kind,
    NetworkAcl,
    Origin,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known, Maybe, Unknown, Value, Why, Written, same

DEFAULT_ENTRIES = ((100, Cidr(4, 0, 0)), (101, Cidr(6, 0, 0)))
"""The entries that AWS gives a default ACL, each in both directions, and what they allow
(https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html)."""


class NetworkAcls:
    """The network ACLs, their entries, and what gives them to subnets."""

    def __init__(self, declarations: Declarations) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations

    def by_id(self, id: Value[str]) -> NetworkAcl | None:
        """The network ACL with this id; one that a resource adopts is what that resource makes of it."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    @cached_property
    def _index(self) -> dict[Handle, NetworkAcl]:
        return indexed(self._declarations.all(NetworkAcl), lambda acl: (acl.outside, self.comes_along(acl)))

    def comes_along(self, acl: NetworkAcl) -> bool:
        """Whether it is only known because AWS makes it along with a VPC."""
        return acl.is_default and (acl.origin.stack, acl.origin.address) in self._vpcs

    @cached_property
    def _vpcs(self) -> frozenset[tuple[str, str]]:
        return frozenset((vpc.origin.stack, vpc.origin.address) for vpc in self._declarations.all(Vpc))

    def name(self, acl: NetworkAcl) -> str:
        """What a message calls it: a VPC's default ACL, which no resource declares, by its VPC."""
        return f"the default network ACL of {acl.origin.name}" if self.comes_along(acl) else acl.origin.name

    @kept
    def entries(self, acl: NetworkAcl) -> Members[AclEntry]:
        """The entries of an ACL, inline and stand-alone, without the last, which denies everything else.

        A default ACL that nobody adopts keeps those of AWS; ``aws_default_network_acl`` takes them away
        (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl).
        """
        key = handle(acl.id)
        items = self._entries.get(key, []) if key is not None else []
        if self.comes_along(acl) and not any(entry.origin.address == acl.origin.address for entry in items):
            items = [*items, *_default_entries(acl)]
        strays = self._stray_entries.get(acl.origin.stack, ())
        reasons = (
            *self._declarations.openness(Kind.ACL, acl.origin.stack, acl.id),
            *(Maybe(f"{entry.origin.name} names a network ACL that is not told") for entry in strays[:1]),
        )
        if acl.outside:
            reasons = (*reasons, elsewhere("entries", acl))
        return Members(tuple(items), reasons)

    @cached_property
    def _entries(self) -> dict[Handle, list[AclEntry]]:
        return grouped(self._declarations.all(AclEntry), lambda entry: entry.acl)

    @cached_property
    def _stray_entries(self) -> dict[str, list[AclEntry]]:
        """Those of an ACL that is not told, by the stack that they may share with it."""
        found: dict[str, list[AclEntry]] = defaultdict(list)
        for entry in self._declarations.all(AclEntry):
            if may_be_own(entry.acl) and self.by_id(entry.acl) is None:
                found[entry.origin.stack].append(entry)
        return found

    @kept
    def of(self, subnet: Subnet) -> Members[tuple[NetworkAcl, Origin]]:
        """The ACLs that a subnet is given, each with the origin of what does so; the VPC's default one where nothing
        does. Open where an ACL of its VPC may be given to it.

        A subnet has one ACL (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
        """
        key = handle(subnet.id)
        found = list(self._given.get(key, ())) if key is not None else []
        reasons = self._declarations.openness(Kind.ACL, subnet.origin.stack, subnet.id)
        if not found:
            default = self.default(subnet)
            found = [(default, default.origin)] if default is not None else []
            reasons = (*reasons, *self._stray(subnet))
        return Members(tuple(found), reasons)

    def default(self, subnet: Subnet) -> NetworkAcl | None:
        """The default ACL of a subnet's VPC, where the input has it."""
        key = handle(subnet.vpc)
        return next((acl for acl in self._of_vpc.get(key, ()) if acl.is_default), None) if key is not None else None

    def _stray(self, subnet: Subnet) -> Iterator[Maybe]:
        """Why a subnet without an ACL of its own may have one: what is given to subnets that are not told."""
        stack = subnet.origin.stack
        near = {*self._untold_subnets.get(subnet.vpc, ()), *self._untold_subnets.get(stack, ())}
        for _, value in sorted(near, key=lambda numbered: numbered[0]):
            if same(value, subnet.id) is not False:
                yield Maybe(value.reason)
        for association in self._untold_associations.get(stack, ()):
            yield Maybe(f"{association.origin.name} names a subnet that is not told")

    @cached_property
    def _untold_subnets(self) -> Mapping[Written[str] | str, list[tuple[int, Unknown]]]:
        """The subnets that are not told and given an ACL, numbered, by the VPC of the ACL, and by its stack where that
        may be any VPC which the stack declares.
        """
        found: dict[Written[str] | str, list[tuple[int, Unknown]]] = defaultdict(list)
        given = ((acl, value) for acl in self._index.values() if not acl.is_default for value in acl.subnets)
        for number, (acl, value) in enumerate(given):
            if isinstance(value, Unknown) and self._is_untold(value):
                found[acl.vpc].append((number, value))
                if may_be_own(acl.vpc):
                    found[acl.origin.stack].append((number, value))
        return found

    @cached_property
    def _untold_associations(self) -> Mapping[str, list[AclAssociation]]:
        """The associations with subnets that are not told, by their stack."""
        found: dict[str, list[AclAssociation]] = defaultdict(list)
        for association in self._declarations.all(AclAssociation):
            if isinstance(association.subnet, Unknown) and self._is_untold(association.subnet):
                found[association.origin.stack].append(association)
        return found

    def _is_untold(self, value: Unknown) -> bool:
        return handle(value) not in self._subnets

    @cached_property
    def _subnets(self) -> frozenset[Handle | None]:
        return frozenset(handle(subnet.id) for subnet in self._declarations.all(Subnet))

    @cached_property
    def _of_vpc(self) -> dict[Handle, list[NetworkAcl]]:
        return grouped(self._index.values(), lambda acl: acl.vpc)

    @cached_property
    def _given(self) -> dict[Handle, list[tuple[NetworkAcl, Origin]]]:
        found: dict[Handle, list[tuple[NetworkAcl, Origin]]] = {}
        for acl in self._index.values():
            for value in acl.subnets:
                self._note(found, handle(value), acl, acl.origin)
        for association in self._declarations.all(AclAssociation):
            own = self.by_id(association.acl)
            if own is None:
                own = _untold(association)
            self._note(found, handle(association.subnet), own, association.origin)
        return found

    def _note(
        self, found: dict[Handle, list[tuple[NetworkAcl, Origin]]], key: Handle | None, acl: NetworkAcl, by: Origin
    ) -> None:
        if key is not None and all(acl is not other for other, _ in found.get(key, ())):
            found.setdefault(key, []).append((acl, by))


def _untold(association: AclAssociation) -> NetworkAcl:
    """The ACL that an association names and that the input does not tell."""
    nowhere = Unknown(Why.LOOKUP, "its VPC")
    return NetworkAcl(association.origin, association.acl, nowhere, outside=True)


def _default_entries(acl: NetworkAcl) -> Iterator[AclEntry]:
    for direction in Direction:
        for number, block in DEFAULT_ENTRIES:
            yield AclEntry(acl.origin, acl.id, direction, Known(number), Known(True), Known("-1"), Known(block))
