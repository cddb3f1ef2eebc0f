"""Route tables, routes, associations and prefix lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerlint.network.model import (
    CidrDestination,
    Destination,
    Entity,
    GatewayAssociation,
    GatewayPropagation,
    Listing,
    MainAssociation,
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
from peerlint.network.values import Known, Unknown, Why, Written
from peerlint.records import replace
from peerlint.terraform.lift.reader import Reader

TARGETS: Sequence[tuple[str, TargetKind]] = (
    ("vpc_peering_connection_id", TargetKind.PEERING),
    ("nat_gateway_id", TargetKind.NAT),
    ("transit_gateway_id", TargetKind.TRANSIT),
    ("egress_only_gateway_id", TargetKind.EGRESS_ONLY),
    ("egress_only_internet_gateway_id", TargetKind.EGRESS_ONLY),
    ("network_interface_id", TargetKind.INTERFACE),
    ("instance_id", TargetKind.INSTANCE),
    ("vpc_endpoint_id", TargetKind.ENDPOINT),
    ("carrier_gateway_id", TargetKind.CARRIER),
    ("core_network_arn", TargetKind.CORE_NETWORK),
    ("local_gateway_id", TargetKind.LOCAL_GATEWAY),
    ("odb_network_arn", TargetKind.UNKNOWN),
)

LITERAL_IDS = {
    "pcx-": TargetKind.PEERING,
    "igw-": TargetKind.INTERNET,
    "vgw-": TargetKind.VPN,
    "nat-": TargetKind.NAT,
    "tgw-": TargetKind.TRANSIT,
    "eni-": TargetKind.INTERFACE,
    "vpce-": TargetKind.ENDPOINT,
    "local": TargetKind.LOCAL,
}

TYPES_OF_ID = {
    "aws_vpc_peering_connection": TargetKind.PEERING,
    "aws_vpc_peering_connection_accepter": TargetKind.PEERING,
    "hcp_aws_network_peering": TargetKind.PEERING,
    "aws_internet_gateway": TargetKind.INTERNET,
    "aws_vpn_gateway": TargetKind.VPN,
    "aws_nat_gateway": TargetKind.NAT,
    "aws_ec2_transit_gateway": TargetKind.TRANSIT,
    "aws_vpc_endpoint": TargetKind.ENDPOINT,
    "aws_egress_only_internet_gateway": TargetKind.EGRESS_ONLY,
    "awscc_ec2_vpc_peering_connection": TargetKind.PEERING,
    "awscc_ec2_internet_gateway": TargetKind.INTERNET,
    "awscc_ec2_vpn_gateway": TargetKind.VPN,
    "awscc_ec2_nat_gateway": TargetKind.NAT,
    "awscc_ec2_transit_gateway": TargetKind.TRANSIT,
    "awscc_ec2_vpc_endpoint": TargetKind.ENDPOINT,
    "awscc_ec2_egress_only_internet_gateway": TargetKind.EGRESS_ONLY,
}


def route_table(reader: Reader) -> Iterator[Entity]:
    """``aws_route_table`` with its inline routes."""
    yield from _table(reader, reader.id, reader.needed("vpc_id"), is_default=False)


def default_route_table(reader: Reader) -> Iterator[Entity]:
    """``aws_default_route_table``: the default table of the VPC whose ``default_route_table_id`` it is given.

    Its VPC is that of the table which the VPC brings along.
    """
    id = reader.needed("default_route_table_id")
    yield from _inline_routes(reader, id)
    vpc = reader.text("vpc_id") or _vpc_of_default(id) or reader.attribute("vpc_id")
    gateways = tuple(reader.items("propagating_vgws"))
    listed = _listing(reader)
    yield RouteTable(
        reader.origin, id, vpc, reader.place, is_default=True, propagating_gateways=gateways, listed=listed
    )


def _vpc_of_default(id: Written[str]) -> Unknown | None:
    """The VPC, out of ``aws_vpc.a.main_route_table_id``."""
    if not isinstance(id, Unknown) or id.of is None or id.of.attribute != "main_route_table_id":
        return None
    of = type(id.of)(id.of.stack, id.of.address, "id", id.of.many)
    return Unknown(id.why, of=of)


def _table(reader: Reader, id: Written[str], vpc: Written[str], is_default: bool) -> Iterator[Entity]:
    gateways = tuple(reader.items("propagating_vgws"))
    listed = _listing(reader)
    yield RouteTable(reader.origin, id, vpc, reader.place, is_default, propagating_gateways=gateways, listed=listed)
    yield from _inline_routes(reader, id)


def _listing(reader: Reader) -> Listing | None:
    """Where a table lists its routes: the first ``route`` block, or the argument, which may be an empty list."""
    if not reader.lists_all("route"):
        return None
    blocks = reader.blocks("route")
    doubts = [block.presence.doubt if block.presence != reader.presence else None for block in blocks]
    at = blocks[0].span if blocks else reader.at("route")
    return Listing(at, doubts[0] if doubts and None not in doubts else None)


def _inline_routes(reader: Reader, table: Written[str]) -> Iterator[Entity]:
    for block in reader.blocks("route"):
        names = ("cidr_block", "ipv6_cidr_block", "destination_prefix_list_id")
        yield from routes_of(block, table, names, inline=True)


def route(reader: Reader) -> Iterator[Entity]:
    """``aws_route``."""
    names = ("destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id")
    yield from routes_of(reader, reader.needed("route_table_id"), names, inline=False)


def _destination(reader: Reader, four: str, six: str, prefix_list: str) -> Destination:
    listed = reader.text(prefix_list)
    if listed is not None and not isinstance(reader.text(four), Known) and not isinstance(reader.text(six), Known):
        return PrefixListDestination(listed)
    v4 = reader.cidr(four)
    if v4 is not None:
        return CidrDestination(v4, v4.value.version if isinstance(v4, Known) else 4)
    v6 = reader.cidr(six)
    if v6 is not None:
        return CidrDestination(v6, 6)
    return CidrDestination(Unknown(Why.UNSUPPORTED, "its destination", reader.span), 4)


def routes_of(reader: Reader, table: Written[str], names: tuple[str, str, str], inline: bool) -> Iterator[Entity]:
    """A route; or, where it is undecided which of several targets it has, one uncertain route for each."""
    destination = _destination(reader, *names)
    _refuse_another(reader, names)
    for target, presence in _targets(reader):
        origin = replace(reader.origin, presence=presence)
        yield Route(origin, table, destination, target, reader.place, inline)


def _refuse_another(reader: Reader, names: Sequence[str]) -> None:
    """PL902 for a second destination: a route has one
    (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route).
    """
    written = [name for name in names if (value := reader.text(name)) is not None and _cannot_be_null(value)]
    if len(written) > 1:
        first, second = written[:2]
        reader.refuse(second, f"has both `{first}` and `{second}`, and a route has one destination")


def _targets(reader: Reader) -> list[tuple[Target, Presence]]:
    """The targets that a route may have. Where several arguments are written, all but one must be null; which one is
    not can be told only by a known value or by a plain reference to a resource.
    """
    written = [Target(kind, value, name) for name, kind in TARGETS if (value := reader.text(name)) is not None]
    gateway = reader.text("gateway_id")
    if gateway is not None:
        written.append(Target(kind_of_gateway(gateway), gateway, "gateway_id"))
    if not written:
        return [(Target(TargetKind.UNKNOWN, Unknown(Why.UNSUPPORTED, "its target", reader.span), ""), reader.presence)]
    certain = written if len(written) == 1 else [target for target in written if _cannot_be_null(target.id)]
    if len(certain) == 1:
        return [(certain[0], reader.presence)]
    chosen = [(target, *reader.chosen(target.argument)) for target in written]
    return [(replace(target, id=id), presence) for target, id, presence in chosen]


def _cannot_be_null(id: Written[str]) -> bool:
    return isinstance(id, Known) or (id.of is not None and not id.of.computed and id.why is Why.COMPUTED)


def kind_of_gateway(id: Written[str]) -> TargetKind:
    """What kind of thing an id under ``gateway_id`` is, by its prefix or the resource it is of."""
    if isinstance(id, Known):
        return next((k for prefix, k in LITERAL_IDS.items() if id.value.startswith(prefix)), TargetKind.UNKNOWN)
    if id.of is None:
        return TargetKind.UNKNOWN
    parts = id.of.address.split(".")
    return next((TYPES_OF_ID[part] for part in reversed(parts) if part in TYPES_OF_ID), TargetKind.UNKNOWN)


def route_table_association(reader: Reader) -> Iterator[Entity]:
    """``aws_route_table_association`` of a subnet or a gateway; one of an IPv4 pool is of no account here."""
    table = reader.needed("route_table_id")
    gateway = reader.text("gateway_id")
    if gateway is not None:
        yield GatewayAssociation(reader.origin, table, gateway)
    elif reader.written("subnet_id") or not reader.written("public_ipv4_pool"):
        yield SubnetAssociation(reader.origin, table, reader.needed("subnet_id"))


def gateway_propagation(reader: Reader) -> Iterator[Entity]:
    """``aws_vpn_gateway_route_propagation``."""
    yield GatewayPropagation(reader.origin, reader.needed("route_table_id"), reader.needed("vpn_gateway_id"))


def main_route_table_association(reader: Reader) -> Iterator[Entity]:
    """``aws_main_route_table_association``."""
    yield MainAssociation(reader.origin, reader.needed("route_table_id"), reader.needed("vpc_id"))


def prefix_list(reader: Reader) -> Iterator[Entity]:
    """``aws_ec2_managed_prefix_list`` with its inline entries."""
    yield PrefixList(reader.origin, reader.id, reader.number("max_entries"))
    for block in reader.blocks("entry"):
        cidr = block.cidr("cidr") or Unknown(Why.UNSUPPORTED, "an entry", block.span)
        yield PrefixListEntry(block.origin, reader.id, cidr)


def prefix_list_entry(reader: Reader) -> Iterator[Entity]:
    """``aws_ec2_managed_prefix_list_entry``."""
    cidr = reader.cidr("cidr") or Unknown(Why.UNSUPPORTED, "an entry", reader.span)
    yield PrefixListEntry(reader.origin, reader.needed("prefix_list_id"), cidr)
