"""Route tables and prefix lists."""

from __future__ import annotations

from msgspec import Struct

from peerlint.inventory.records.ids import Id


class RouteRecord(Struct, rename="pascal"):
    """A route of a table; the target is the one member of its kind that is there."""

    destination_cidr_block: str | None = None
    destination_ipv6_cidr_block: str | None = None
    destination_prefix_list_id: str | None = None
    gateway_id: str | None = None
    vpc_peering_connection_id: str | None = None
    nat_gateway_id: str | None = None
    transit_gateway_id: str | None = None
    egress_only_internet_gateway_id: str | None = None
    network_interface_id: str | None = None
    instance_id: str | None = None
    carrier_gateway_id: str | None = None
    core_network_arn: str | None = None
    local_gateway_id: str | None = None
    state: str = "active"


class TableAssociation(Struct, rename="pascal"):
    """What a table is associated with: a subnet, a gateway, or (``main``) the VPC."""

    main: bool = False
    subnet_id: str | None = None
    gateway_id: str | None = None


class Propagation(Struct, rename="pascal"):
    """A virtual private gateway that propagates its routes into a table."""

    gateway_id: str


class TableRecord(Struct, rename="pascal"):
    """A route table of ``describe-route-tables``."""

    route_table_id: Id
    vpc_id: Id
    routes: list[RouteRecord] = []
    associations: list[TableAssociation] = []
    propagating_vgws: list[Propagation] = []
    owner_id: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.route_table_id


class ListRecord(Struct, rename="pascal"):
    """A prefix list of ``describe-managed-prefix-lists``; ``describe-prefix-lists`` tells the blocks of AWS's own."""

    prefix_list_id: Id
    prefix_list_name: str = ""
    owner_id: str | None = None
    max_entries: int | None = None
    cidrs: list[str] | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.prefix_list_id


class ListEntry(Struct, rename="pascal"):
    """An entry of ``get-managed-prefix-list-entries``, which does not tell the list."""

    cidr: str
