"""Look-ups of route tables: by id, by VPC, and a VPC's main one."""

from __future__ import annotations

from functools import cached_property

from peerlint.network.handles import Handle, grouped, handle, indexed
from peerlint.network.lookups.declarations import Declarations
from peerlint.network.lookups.elsewhere import elsewhere
from peerlint.network.lookups.kept import kept
from peerlint.network.members import Members
from peerlint.network.model import (
    GatewayAssociation,
    GatewayPropagation,
    Kind,
    MainAssociation,
    RouteTable,
    SubnetAssociation,
    Vpc,
)
from peerlint.network.values import Maybe, Value


class RouteTables:
    """The route tables of VPCs, and which subnets and VPCs are associated with them."""

    def __init__(self, declarations: Declarations) -> None:
        """Look up what these declarations hold."""
        self._declarations = declarations

    @cached_property
    def _index(self) -> dict[Handle, RouteTable]:
        return indexed(
            self._declarations.all(RouteTable),
            lambda table: (table.outside, table.origin.address in self._vpc_addresses),
        )

    @cached_property
    def _vpc_addresses(self) -> frozenset[str]:
        return frozenset(vpc.origin.address for vpc in self._declarations.all(Vpc))

    def by_id(self, id: Value[str]) -> RouteTable | None:
        """The route table with this id; ``None`` where nothing in the input tells its VPC."""
        key = handle(id)
        return self._index.get(key) if key is not None else None

    @kept
    def of(self, vpc: Vpc) -> Members[RouteTable]:
        """The route tables of a VPC, its default one included where the language can name it."""
        key = handle(vpc.id)
        items = self._by_vpc.get(key, ()) if key is not None else ()
        reasons = self._declarations.openness(Kind.ROUTE, vpc.origin.stack, vpc.id)
        if vpc.outside and vpc.shown is None:
            reasons = (*reasons, elsewhere("route tables", vpc))
        return Members(tuple(items), reasons)

    @cached_property
    def _by_vpc(self) -> dict[Handle, list[RouteTable]]:
        return grouped(self._index.values(), lambda t: t.vpc)

    @kept
    def associations(self, table: RouteTable) -> tuple[SubnetAssociation, ...]:
        """The explicit associations of subnets with a route table."""
        key = handle(table.id)
        return tuple(self._associations.get(key, ())) if key is not None else ()

    @cached_property
    def _associations(self) -> dict[Handle, list[SubnetAssociation]]:
        return grouped(self._declarations.all(SubnetAssociation), lambda a: a.table)

    @kept
    def propagations(self, table: RouteTable) -> tuple[GatewayPropagation, ...]:
        """The resources that have a gateway's routes propagated into a route table."""
        key = handle(table.id)
        return tuple(self._propagations.get(key, ())) if key is not None else ()

    @cached_property
    def _propagations(self) -> dict[Handle, list[GatewayPropagation]]:
        return grouped(self._declarations.all(GatewayPropagation), lambda p: p.table)

    def gateway_associations(self, id: Value[str]) -> tuple[GatewayAssociation, ...]:
        """What makes the route table with this id that of a gateway."""
        key = handle(id)
        return tuple(self._gateway_associations.get(key, ())) if key is not None else ()

    @cached_property
    def _gateway_associations(self) -> dict[Handle, list[GatewayAssociation]]:
        return grouped(self._declarations.all(GatewayAssociation), lambda a: a.table)

    @cached_property
    def stray_associations(self) -> tuple[SubnetAssociation, ...]:
        """The associations with a route table that the input does not tell."""
        return tuple(a for a in self._declarations.all(SubnetAssociation) if self.by_id(a.table) is None)

    @cached_property
    def _main_associations(self) -> dict[Handle, list[MainAssociation]]:
        return grouped(self._declarations.all(MainAssociation), lambda a: a.vpc)

    @kept
    def main(self, vpc: Vpc) -> RouteTable | Maybe:
        """The main route table: what ``aws_main_route_table_association`` names, else the default one."""
        key = handle(vpc.id)
        for association in self._main_associations.get(key, ()) if key is not None else ():
            table, presence = self.by_id(association.table), association.origin.presence
            if presence.doubt is not None and not presence.guards <= vpc.origin.presence.guards:
                return Maybe(presence.doubt)
            return table if table is not None else Maybe(f"the main table of {vpc.origin.name} is not in the input")
        for table in self.of(vpc):
            if table.is_default or table.is_main:
                return table
        return Maybe(f"the main route table of {vpc.origin.name} is not in the input")
