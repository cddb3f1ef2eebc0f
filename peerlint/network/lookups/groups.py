"""Look-ups of security groups and their rules."""

from __future__ import annotations

from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.members import Members
from peerlint.network.model import Kind, Permission, SecurityGroup, Vpc
from peerlint.network.values import Value


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

    def permissions(self, group: SecurityGroup) -> Members[Permission]:
        """The rules of a security group, inline and stand-alone."""
        key = handle(group.id)
        items = self._permissions.get(key, []) if key is not None else []
        reasons = self._declarations.openness(Kind.PERMISSION, group.origin.stack, group.id)
        if group.outside:
            reasons = (*reasons, elsewhere("rules", group))
        return Members(tuple(items), reasons)

    @cached_property
    def _permissions(self) -> dict[Handle, list[Permission]]:
        return grouped(self._declarations.all(Permission), lambda p: p.group)
