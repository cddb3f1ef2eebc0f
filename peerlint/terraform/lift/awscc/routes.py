"""Route tables, routes, associations and prefix lists of the awscc provider."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import (
    Entity,
    GatewayAssociation,
    PrefixList,
    PrefixListEntry,
    RouteTable,
    SubnetAssociation,
)
from peerlint.network.values import Unknown, Why
from peerlint.terraform.lift import routes
from peerlint.terraform.lift.reader import Reader

DESTINATIONS = ("destination_cidr_block", "destination_ipv_6_cidr_block", "destination_prefix_list_id")


def route_table(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_route_table``, which has no inline routes."""
    yield RouteTable(reader.origin, reader.id, reader.needed("vpc_id"), reader.place)


def route(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_route``."""
    yield from routes.routes_of(reader, reader.needed("route_table_id"), DESTINATIONS, inline=False)


def subnet_association(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_subnet_route_table_association``."""
    yield SubnetAssociation(reader.origin, reader.needed("route_table_id"), reader.needed("subnet_id"))


def gateway_association(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_gateway_route_table_association``."""
    yield GatewayAssociation(reader.origin, reader.needed("route_table_id"), reader.needed("gateway_id"))


def prefix_list(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_prefix_list`` with its entries."""
    yield PrefixList(reader.origin, reader.id, reader.number("max_entries"))
    for block in reader.blocks("entries"):
        cidr = block.cidr("cidr") or Unknown(Why.UNSUPPORTED, "an entry", block.span)
        yield PrefixListEntry(block.origin, reader.id, cidr)
