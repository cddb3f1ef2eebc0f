"""Route tables, their associations, routes and prefix lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.model import (
    CidrDestination,
    Destination,
    Entity,
    GatewayAssociation,
    GatewayPropagation,
    Kind,
    PrefixList,
    PrefixListDestination,
    PrefixListEntry,
    Route,
    RouteTable,
    SubnetAssociation,
    Target,
    TargetKind,
)
from peerlint.network.values import Known, Unknown, Why, Written

_TARGETS = {
    "CarrierGatewayId": TargetKind.CARRIER,
    "CoreNetworkArn": TargetKind.CORE_NETWORK,
    "EgressOnlyInternetGatewayId": TargetKind.EGRESS_ONLY,
    "GatewayId": TargetKind.UNKNOWN,
    "InstanceId": TargetKind.INSTANCE,
    "LocalGatewayId": TargetKind.LOCAL_GATEWAY,
    "NatGatewayId": TargetKind.NAT,
    "NetworkInterfaceId": TargetKind.INTERFACE,
    "TransitGatewayId": TargetKind.TRANSIT,
    "VpcEndpointId": TargetKind.ENDPOINT,
    "VpcPeeringConnectionId": TargetKind.PEERING,
}
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
_PREFIXES = {
    "local": TargetKind.LOCAL,
    "igw-": TargetKind.INTERNET,
    "vgw-": TargetKind.VPN,
    "pcx-": TargetKind.PEERING,
    "nat-": TargetKind.NAT,
    "tgw-": TargetKind.TRANSIT,
    "eigw-": TargetKind.EGRESS_ONLY,
    "vpce-": TargetKind.ENDPOINT,
    "cagw-": TargetKind.CARRIER,
    "eni-": TargetKind.INTERFACE,
}
_TYPES = {
    "AWS::EC2::InternetGateway": TargetKind.INTERNET,
    "AWS::EC2::VPNGateway": TargetKind.VPN,
    "AWS::EC2::VPCPeeringConnection": TargetKind.PEERING,
    "AWS::EC2::NatGateway": TargetKind.NAT,
    "AWS::EC2::TransitGateway": TargetKind.TRANSIT,
    "AWS::EC2::EgressOnlyInternetGateway": TargetKind.EGRESS_ONLY,
    "AWS::EC2::VPCEndpoint": TargetKind.ENDPOINT,
    "AWS::EC2::CarrierGateway": TargetKind.CARRIER,
    "AWS::EC2::NetworkInterface": TargetKind.INTERFACE,
}


def route_tables(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::RouteTable`` and ``AWS::EC2::VPNGatewayRoutePropagation``."""
    for item in stack.of_type("AWS::EC2::VPNGatewayRoutePropagation"):
        gateway = read.required(item, "VpnGatewayId", read.reference(item, "VpnGatewayId"))
        for table in read.references(item, "RouteTableIds"):
            yield GatewayPropagation(item.origin, table, gateway)
    for item in stack.of_type("AWS::EC2::RouteTable"):
        yield RouteTable(
            origin=item.origin,
            id=item.id,
            vpc=read.required(item, "VpcId", read.reference(item, "VpcId")),
            place=item.place,
        )


def associations(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::SubnetRouteTableAssociation`` and ``AWS::EC2::GatewayRouteTableAssociation``."""
    for item in stack.of_type("AWS::EC2::SubnetRouteTableAssociation"):
        table = read.required(item, "RouteTableId", read.reference(item, "RouteTableId"))
        yield SubnetAssociation(item.origin, table, read.required(item, "SubnetId", read.reference(item, "SubnetId")))
    for item in stack.of_type("AWS::EC2::GatewayRouteTableAssociation"):
        table = read.required(item, "RouteTableId", read.reference(item, "RouteTableId"))
        yield GatewayAssociation(
            item.origin, table, read.required(item, "GatewayId", read.reference(item, "GatewayId"))
        )


def routes(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::Route``; one whose target hangs on an undecided condition is one route for each answer."""
    for whole in stack.of_type("AWS::EC2::Route"):
        for item in whole.variants((*_TARGETS, *_DESTINATIONS)):
            table = read.required(item, "RouteTableId", read.reference(item, "RouteTableId"))
            target = _target(item)
            destinations = list(_destinations(item))
            if len(destinations) > 1:
                item.refuse(_last_written(item), f"`{item.address}` has more than one destination, and a route has one")
            for destination in destinations:
                yield Route(item.origin, table, destination, target, item.place)


def _destinations(item: Item) -> Iterator[Destination]:
    for name, version in (("DestinationCidrBlock", 4), ("DestinationIpv6CidrBlock", 6)):
        block = read.cidr(item, name, version)
        if block is not None:
            yield CidrDestination(block, version)
    prefix_list = read.reference(item, "DestinationPrefixListId")
    if prefix_list is not None:
        yield PrefixListDestination(prefix_list)


def _last_written(item: Item) -> str:
    """The last of a route's destinations."""
    return max((name for name in _DESTINATIONS if item.node(name) is not None), key=item.at)


def _target(item: Item) -> Target:
    for name, kind in _TARGETS.items():
        value = read.reference(item, name)
        if value is not None:
            return Target(kind_of(item, value) if name == "GatewayId" else kind, value, name)
    return Target(TargetKind.UNKNOWN, Unknown(Why.INVALID, "a route without a target", item.span), "")


def kind_of(item: Item, value: Written[str]) -> TargetKind:
    """The kind of gateway that an id shows by its prefix, or a reference by the type of its resource."""
    match value:
        case Known(value=text):
            return next((kind for prefix, kind in _PREFIXES.items() if text.startswith(prefix)), TargetKind.UNKNOWN)
        case Unknown(of=of):
            resource = item.stack.evaluator.declared(of)
            return _TYPES.get(resource.type, TargetKind.UNKNOWN) if resource is not None else TargetKind.UNKNOWN
        case _:
            assert_never(value)


def prefix_lists(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::PrefixList`` and its entries."""
    for item in stack.of_type("AWS::EC2::PrefixList"):
        yield PrefixList(item.origin, item.id, read.integer(item, "MaxEntries", 1, 1000))
        version = 6 if read.text(item, "AddressFamily") == Known("IPv6") else 4
        for element in item.elements("Entries"):
            if isinstance(element, Unknown):
                stack.gap(Kind.ANY, f"entries of {item.name}: {element.reason}", item.at("Entries"), item.id)
                continue
            block = read.cidr(element, "Cidr", version)
            if block is not None:
                yield PrefixListEntry(element.origin, item.id, block)
