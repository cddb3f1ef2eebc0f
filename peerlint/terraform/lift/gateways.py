"""Gateways, endpoints and attachments: the ways out of a VPC that its peers cannot use."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from peerlint.network.model import Entity, Gateway, GatewayKind
from peerlint.network.values import Known, Unknown, Value
from peerlint.terraform.lift.reader import Reader


def simple(kind: GatewayKind) -> Callable[[Reader], Iterator[Entity]]:
    """A gateway that names its VPC by ``vpc_id``."""

    def lift(reader: Reader) -> Iterator[Entity]:
        yield Gateway(reader.origin, kind, reader.id, reader.text("vpc_id"))

    return lift


def attachment(argument: str, kind: GatewayKind) -> Callable[[Reader], Iterator[Entity]]:
    """A resource that attaches a gateway, named by ``argument``, to a VPC."""

    def lift(reader: Reader) -> Iterator[Entity]:
        yield Gateway(reader.origin, kind, reader.needed(argument), reader.text("vpc_id"))

    return lift


def looked_up(kind: GatewayKind, argument: str, filter: str) -> Callable[[Reader], Iterator[Entity]]:
    """A look-up of a gateway by the VPC it is of, which an argument or a filter names."""

    def lift(reader: Reader) -> Iterator[Entity]:
        vpc = reader.text(argument) or reader.filtered(filter)
        yield Gateway(reader.origin, kind, reader.id, vpc, subnet=reader.text("subnet_id"))

    return lift


def nat_gateway(reader: Reader) -> Iterator[Entity]:
    """``aws_nat_gateway``, which lives in a subnet."""
    yield Gateway(reader.origin, GatewayKind.NAT, reader.id, reader.text("vpc_id"), subnet=reader.text("subnet_id"))


def endpoint(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_endpoint``: a gateway endpoint unless its type says otherwise."""
    type = reader.text("vpc_endpoint_type")
    gateway = type is None or (isinstance(type, Known) and type.value == "Gateway")
    kind = GatewayKind.GATEWAY_ENDPOINT if gateway else GatewayKind.INTERFACE_ENDPOINT
    tables = tuple(reader.items("route_table_ids"))
    listed = reader.attribute("prefix_list_id")
    yield Gateway(reader.origin, kind, reader.id, reader.text("vpc_id"), prefix_list=listed, tables=tables)


def endpoint_table(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_endpoint_route_table_association``: a gateway endpoint in one more table."""
    id, table = reader.needed("vpc_endpoint_id"), reader.needed("route_table_id")
    yield Gateway(reader.origin, GatewayKind.GATEWAY_ENDPOINT, id, None, tables=(table,))


def vpn_connection(reader: Reader) -> Iterator[Entity]:
    """``aws_vpn_connection``, which ends at a virtual private gateway or a transit gateway."""
    yield Gateway(reader.origin, GatewayKind.VPN, reader.id, None, through=reader.text("vpn_gateway_id"))


def direct_connect(reader: Reader) -> Iterator[Entity]:
    """``aws_dx_gateway_association`` with a virtual private gateway, whose VPC it is of, or a transit gateway."""
    through = reader.text("associated_gateway_id")
    yield Gateway(reader.origin, GatewayKind.DIRECT_CONNECT, reader.id, None, through=through)


def vpn_route(reader: Reader) -> Iterator[Entity]:
    """``aws_vpn_connection_route``: a block behind a VPN connection."""
    cidr = reader.cidr("destination_cidr_block")
    blocks = (cidr,) if cidr is not None else ()
    id = reader.needed("vpn_connection_id")
    yield Gateway(reader.origin, GatewayKind.CUSTOMER_ROUTE, id, None, cidrs=blocks)


def transit_attachment(reader: Reader) -> Iterator[Entity]:
    """``aws_ec2_transit_gateway_vpc_attachment``."""
    id = reader.needed("transit_gateway_id")
    references = enabled(reader.text("security_group_referencing_support"))
    kind = GatewayKind.TRANSIT_ATTACHMENT
    yield Gateway(reader.origin, kind, id, reader.text("vpc_id"), group_references=references)


def accepted_transit_attachment(reader: Reader) -> Iterator[Entity]:
    """``aws_ec2_transit_gateway_vpc_attachment_accepter``: an attachment of a VPC of another account."""
    references = enabled(reader.text("security_group_referencing_support"))
    id, vpc = reader.identity("transit_gateway_id"), reader.identity("vpc_id")
    yield Gateway(reader.origin, GatewayKind.TRANSIT_ATTACHMENT, id, vpc, group_references=references)


def enabled(value: Value[str]) -> Value[bool]:
    """Whether an option that is written as ``enable`` or ``disable`` is on."""
    if value is None or isinstance(value, Unknown):
        return value
    return value.read_as(value.value == "enable")
