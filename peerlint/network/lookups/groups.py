"""Look-ups of security groups and their rules."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle, indexed, may_be_own
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.members import Members
from peerlint.network.model import GroupPeer, GroupVpcAssociation, Kind, Permission, SecurityGroup, Vpc
from peerlint.network.values import Maybe, Value


class SecurityGroups:
    """The security groups and their rules."""

    def __init__(self, declarations: Declarations) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations

    def by_id(self, id: Value[str]) -> SecurityGroup | None:
        """The security group with this id, declared or looked up."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    @cached_property
    def _index(self) -> dict[Handle, SecurityGroup]:
        return indexed(self._declarations.all(SecurityGroup), lambda g: (g.outside, self._comes_along(g)))

    def name(self, group: SecurityGroup, stack: str) -> str:
        """What a stack calls a group: a VPC's default group, which no resource declares, by its VPC."""
        name = self._declarations.seen_from(group.origin, stack).name
        return f"the default security group of {name}" if self._comes_along(group) else name

    def _comes_along(self, group: SecurityGroup) -> bool:
        """Whether it is only known because AWS makes it along with a VPC."""
        return group.is_default and (group.origin.stack, group.origin.address) in self._vpcs

    @cached_property
    def _vpcs(self) -> frozenset[tuple[str, str]]:
        return frozenset((vpc.origin.stack, vpc.origin.address) for vpc in self._declarations.all(Vpc))

    @kept
    def of(self, vpc: Vpc) -> Members[SecurityGroup]:
        """The security groups that can be used in a VPC, those of other VPCs included that an association makes so.

        Its default group is among them where something declares, looks up or uses it: AWS makes one with every VPC,
        which admits itself only (https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html).
        """
        key = handle(vpc.id)
        own = self._by_vpc.get(key, ()) if key is not None else ()
        lent = [self.by_id(a.group) for a in self._lent.get(key, ())] if key is not None else []
        reasons = self._declarations.openness(Kind.GROUP, vpc.origin.stack, vpc.id)
        if vpc.outside:
            reasons = (*reasons, elsewhere("security groups", vpc))
        if None in lent:
            reasons = (*reasons, Maybe(f"a security group that is not told is made usable in {vpc.origin.name}"))
        return Members((*own, *(group for group in lent if group is not None)), reasons)

    @cached_property
    def _by_vpc(self) -> dict[Handle, list[SecurityGroup]]:
        used = (group for group in self._index.values() if not self._comes_along(group) or self._is_used(group))
        return grouped(used, lambda group: group.vpc)

    @cached_property
    def _lent(self) -> dict[Handle, list[GroupVpcAssociation]]:
        return grouped(self._declarations.all(GroupVpcAssociation), lambda association: association.vpc)

    def _is_used(self, group: SecurityGroup) -> bool:
        key = handle(group.id)
        return key in self._permissions or key in self._named

    @cached_property
    def _named(self) -> frozenset[Handle | None]:
        """The groups that the rules of other groups name."""
        permissions = self._declarations.all(Permission)
        peers = (peer for permission in permissions for peer in permission.peers)
        return frozenset(handle(peer.group) for peer in peers if isinstance(peer, GroupPeer))

    @kept
    def permissions(self, group: SecurityGroup) -> Members[Permission]:
        """The rules of a security group, inline and stand-alone."""
        key = handle(group.id)
        items = self._permissions.get(key, []) if key is not None else []
        strays = self._strays.get(group.origin.stack, ())
        reasons = (
            *self._declarations.openness(Kind.PERMISSION, group.origin.stack, group.id),
            *(Maybe(f"{rule.origin.name} names a security group that is not told") for rule in strays[:1]),
        )
        if group.outside:
            reasons = (*reasons, elsewhere("rules", group))
        return Members(tuple(items), reasons)

    @cached_property
    def _strays(self) -> dict[str, list[Permission]]:
        """The rules of a group that is not told, by the stack that they may share with it."""
        found: dict[str, list[Permission]] = defaultdict(list)
        for permission in self._declarations.all(Permission):
            if may_be_own(permission.group) and self.by_id(permission.group) is None:
                found[permission.origin.stack].append(permission)
        return found

    @cached_property
    def _permissions(self) -> dict[Handle, list[Permission]]:
        return grouped(self._declarations.all(Permission), lambda p: p.group)
