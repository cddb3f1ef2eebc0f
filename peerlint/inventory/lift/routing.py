"""Route tables, routes and associations, and prefix lists."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.inventory.collect import Seen
from peerlint.inventory.lift.item import Context, cidr, origin
from peerlint.inventory.records import ListRecord, RouteRecord, TableRecord
from peerlint.network.model import (
    CERTAIN,
    CidrDestination,
    Destination,
    Entity,
    GatewayAssociation,
    PrefixList,
    PrefixListDestination,
    PrefixListEntry,
    Presence,
    Route,
    RouteTable,
    SubnetAssociation,
    Target,
    TargetKind,
)
from peerlint.network.values import Known, Span, Unknown, Why

GATEWAYS = {
    "igw-": TargetKind.INTERNET,
    "vgw-": TargetKind.VPN,
    "vpce-": TargetKind.ENDPOINT,
    "local": TargetKind.LOCAL,
    "pcx-": TargetKind.PEERING,
}
"""What ``GatewayId`` names, by the beginning of the id."""


def tables(context: Context) -> Iterator[Entity]:
    """The tables of ``describe-route-tables`` with their routes and associations."""
    for seen in context.inventory.of(TableRecord).values():
        yield from _table(context, seen)


def _table(context: Context, seen: Seen[TableRecord]) -> Iterator[Entity]:
    record, at = seen.record, seen.item.at("RouteTableId")
    id, place = Known(record.route_table_id, at), context.places.of(record.vpc_id)
    own = origin(record.route_table_id, at)
    yield RouteTable(
        own,
        id,
        Known(record.vpc_id, at),
        place,
        is_main=any(association.main for association in record.associations),
        propagating_gateways=tuple(Known(vgw.gateway_id, at) for vgw in record.propagating_vgws),
    )
    for association in record.associations:
        if association.subnet_id:
            yield SubnetAssociation(own, id, Known(association.subnet_id, at))
        if association.gateway_id:
            yield GatewayAssociation(own, id, Known(association.gateway_id, at))
    for route, item in zip(record.routes, seen.item.under("Routes"), strict=True):
        at = item.at(next((member for member, _ in _targets(route)), ""))
        destination = _destination(route, at)
        if destination is not None:
            drops = Presence(f"the inventory shows a route of {record.route_table_id} as {route.state}")
            presence = CERTAIN if route.state == "active" else drops
            where = origin(f"a route of {record.route_table_id}", at, presence)
            yield Route(where, id, destination, _target(route, at), place)


def _destination(route: RouteRecord, at: Span) -> Destination | None:
    if route.destination_cidr_block:
        return CidrDestination(cidr(route.destination_cidr_block, at), 4)
    if route.destination_ipv6_cidr_block:
        return CidrDestination(cidr(route.destination_ipv6_cidr_block, at), 6)
    if route.destination_prefix_list_id:
        return PrefixListDestination(Known(route.destination_prefix_list_id, at))
    return None


def _targets(route: RouteRecord) -> Iterator[tuple[str, str]]:
    """The member that holds the target, and the target; an instance is named beside its interface."""
    named = (
        ("VpcPeeringConnectionId", route.vpc_peering_connection_id),
        ("NatGatewayId", route.nat_gateway_id),
        ("TransitGatewayId", route.transit_gateway_id),
        ("EgressOnlyInternetGatewayId", route.egress_only_internet_gateway_id),
        ("NetworkInterfaceId", route.network_interface_id),
        ("InstanceId", route.instance_id),
        ("CarrierGatewayId", route.carrier_gateway_id),
        ("CoreNetworkArn", route.core_network_arn),
        ("LocalGatewayId", route.local_gateway_id),
        ("GatewayId", route.gateway_id),
    )
    yield from ((member, id) for member, id in named if id)


KINDS = {
    "VpcPeeringConnectionId": TargetKind.PEERING,
    "NatGatewayId": TargetKind.NAT,
    "TransitGatewayId": TargetKind.TRANSIT,
    "EgressOnlyInternetGatewayId": TargetKind.EGRESS_ONLY,
    "NetworkInterfaceId": TargetKind.INTERFACE,
    "InstanceId": TargetKind.INSTANCE,
    "CarrierGatewayId": TargetKind.CARRIER,
    "CoreNetworkArn": TargetKind.CORE_NETWORK,
    "LocalGatewayId": TargetKind.LOCAL_GATEWAY,
}


def _target(route: RouteRecord, at: Span) -> Target:
    for member, id in _targets(route):
        kind = KINDS.get(member) or next((k for start, k in GATEWAYS.items() if id.startswith(start)), None)
        return Target(kind or TargetKind.UNKNOWN, Known(id, at), member)
    return Target(TargetKind.UNKNOWN, Unknown(Why.LOOKUP, "its target", at), "")


def prefix_lists(context: Context) -> Iterator[Entity]:
    """The prefix lists, with their entries as far as those are told."""
    lists = context.inventory.of(ListRecord)
    for seen in lists.values():
        record, at = seen.record, seen.item.at("PrefixListId")
        owned = record.owner_id == "AWS" or record.prefix_list_name.startswith("com.amazonaws.")
        id = Known(record.prefix_list_id, at)
        told = record.cidrs is not None or record.prefix_list_id in context.inventory.entries
        yield PrefixList(origin(record.prefix_list_id, at), id, aws_owned=owned, outside=not told)
        for text in record.cidrs or ():
            where = seen.item.at("Cidrs")
            yield PrefixListEntry(origin(record.prefix_list_id, where), id, cidr(text, where))
    for list_id, entries in context.inventory.entries.items():
        if list_id not in lists and entries:
            at = entries[0][1].span
            yield PrefixList(origin(list_id, at), Known(list_id, at))
        for entry, item in entries:
            where = item.at("Cidr")
            yield PrefixListEntry(origin(list_id, where), Known(list_id, where), cidr(entry.cidr, where))
