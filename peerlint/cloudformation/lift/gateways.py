"""What leads out of a VPC: what a peering cannot lend to its peer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.acls import nested
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.model import Entity, Gateway, GatewayKind
from peerlint.network.values import Identity, Known, Unknown, Value, Written

_ENDPOINTS = {"gateway": GatewayKind.GATEWAY_ENDPOINT, "interface": GatewayKind.INTERFACE_ENDPOINT}


class _Attachment(Struct, frozen=True):
    item: Item
    kind: GatewayKind
    gateway: Written[str]
    vpc: Written[str]


def attached(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::InternetGateway`` and ``AWS::EC2::VPNGateway``, with the VPCs they are attached to."""
    attachments = list(_attachments(stack))
    declared = {item.id.of for item in stack.of_family("AWS::EC2::InternetGateway", "AWS::EC2::VPNGateway")}
    for name, kind in (("AWS::EC2::InternetGateway", GatewayKind.INTERNET), ("AWS::EC2::VPNGateway", GatewayKind.VPN)):
        for item in stack.of_type(name):
            own = [attachment for attachment in attachments if _of(attachment.gateway) == item.id.of]
            for attachment in own:
                certain = attachment.item.presence == item.presence
                yield Gateway(item.origin if certain else attachment.item.origin, kind, item.id, attachment.vpc)
            if not own:
                yield Gateway(item.origin, kind, item.id, None)
    for attachment in attachments:
        is_own = attachment.item.stack is stack
        if is_own and (_of(attachment.gateway) is None or _of(attachment.gateway) not in declared):
            yield Gateway(attachment.item.origin, attachment.kind, attachment.gateway, attachment.vpc)
    yield from _customer_routes(stack, attachments)


def _attachments(stack: Stack) -> Iterator[_Attachment]:
    for item in stack.of_family("AWS::EC2::VPCGatewayAttachment"):
        vpc = read.required(item, "VpcId", read.reference(item, "VpcId"))
        for name, kind in (("InternetGatewayId", GatewayKind.INTERNET), ("VpnGatewayId", GatewayKind.VPN)):
            gateway = read.reference(item, name)
            if gateway is not None:
                yield _Attachment(item, kind, gateway, vpc)


def _customer_routes(stack: Stack, attachments: list[_Attachment]) -> Iterator[Entity]:
    """``AWS::EC2::VPNConnectionRoute``, in the VPC that the connection's gateway is attached to."""
    gateways = {item.id.of: read.reference(item, "VpnGatewayId") for item in stack.of_family("AWS::EC2::VPNConnection")}
    for item in stack.of_type("AWS::EC2::VPNConnectionRoute"):
        connection = read.required(item, "VpnConnectionId", read.reference(item, "VpnConnectionId"))
        block = read.cidr(item, "DestinationCidrBlock", 4)
        gateway = gateways.get(_of(connection)) if _of(connection) is not None else None
        vpcs = [a.vpc for a in attachments if gateway is not None and a.gateway == gateway and _of(gateway) is not None]
        cidrs = (block,) if block is not None else ()
        yield Gateway(item.origin, GatewayKind.CUSTOMER_ROUTE, connection, vpcs[0] if vpcs else None, cidrs=cidrs)


def _of(value: Value[str]) -> Identity | None:
    return value.of if isinstance(value, Unknown) else None


def standalone(stack: Stack) -> Iterator[Entity]:
    """NAT and egress-only internet gateways, VPC endpoints and transit gateway attachments."""
    for item in stack.of_type("AWS::EC2::NatGateway"):
        vpc, subnet = read.reference(item, "VpcId"), read.reference(item, "SubnetId")
        yield Gateway(item.origin, GatewayKind.NAT, item.id, vpc, subnet)
    for item in stack.of_type("AWS::EC2::EgressOnlyInternetGateway"):
        yield Gateway(item.origin, GatewayKind.EGRESS_ONLY, item.id, read.reference(item, "VpcId"))
    for item in stack.of_type("AWS::EC2::VPCEndpoint"):
        yield from _endpoint(item)
    for item in stack.of_type("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"):
        vpc = read.reference(item, "VpcId")
        references = _group_references(item)
        gateway = read.reference(item, "TransitGatewayId") or item.id
        yield Gateway(item.origin, GatewayKind.TRANSIT_ATTACHMENT, gateway, vpc, group_references=references)


def _endpoint(item: Item) -> Iterator[Entity]:
    """An endpoint without a type is a gateway endpoint."""
    kind = read.text(item, "VpcEndpointType")
    written = kind.value.lower() if isinstance(kind, Known) else "gateway" if kind is None else ""
    if written in _ENDPOINTS:
        vpc, tables = read.reference(item, "VpcId"), read.references(item, "RouteTableIds")
        yield Gateway(item.origin, _ENDPOINTS[written], item.id, vpc, tables=tables)


def _group_references(item: Item) -> Value[bool]:
    options = nested(item, "Options")
    if options is None or isinstance(options, Unknown):
        return options
    support = read.text(options, "SecurityGroupReferencingSupport")
    return Known(support.value.lower() == "enable", support.at) if isinstance(support, Known) else support
