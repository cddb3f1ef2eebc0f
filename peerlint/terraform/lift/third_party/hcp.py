"""HashiCorp Cloud Platform (https://registry.terraform.io/providers/hashicorp/hcp/latest/docs)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    Block,
    BlockKind,
    CidrDestination,
    Entity,
    Gateway,
    GatewayKind,
    Peering,
    Route,
    RouteTable,
    Target,
    TargetKind,
)
from peerlint.network.values import Identity, Known, Unknown, Why, Written
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.third_party.outside import Request, block_of, is_on_aws, place_of, vpc

OWNER = "HCP"

HVN_DEFAULT = Cidr(4, 0xAC191000, 20)
"""172.25.16.0/20, the block of an HVN for which none is written
(https://registry.terraform.io/providers/hashicorp/hcp/latest/docs/resources/hvn).
"""

TARGETS = {
    "hcp_aws_network_peering": TargetKind.PEERING,
    "hcp_aws_transit_gateway_attachment": TargetKind.TRANSIT,
}


def hvn(reader: Reader) -> Iterator[Entity]:
    """``hcp_hvn``: HashiCorp's virtual network, with one table of routes."""
    if not is_on_aws(reader, "cloud_provider"):
        return
    blocks = list(block_of(reader, "cidr_block"))
    if not blocks and not reader.is_given("cidr_block"):
        blocks = [Block(Known(HVN_DEFAULT, reader.span), 4, BlockKind.PRIMARY, reader.span)]
    yield from _network(reader, blocks)


def looked_up_hvn(reader: Reader) -> Iterator[Entity]:
    """``data.hcp_hvn``: the HVN with this name, whose block is told by whoever declares it."""
    yield from _network(reader, [Block(reader.identity("cidr_block"), 4, BlockKind.PRIMARY, reader.span)])


def _network(reader: Reader, blocks: list[Block]) -> Iterator[Entity]:
    id = _of_project(reader, reader.attribute("hvn_id"))
    place = place_of(reader, reader.text("region"), reader.attribute("provider_account_id"))
    yield vpc(reader, id, blocks, place, OWNER)
    yield RouteTable(reader.origin, reader.attribute("self_link"), id, place, is_default=True, outside=True)


def _of_project(reader: Reader, id: Written[str]) -> Written[str]:
    """An HVN's id, which its author chooses: another root may give the same to a network of another project."""
    if not isinstance(id, Known):
        return id
    return Unknown(Why.LOOKUP, id.value, id.at, Identity(reader.instance.site.root.stack, id.value))


def peering(reader: Reader) -> Iterator[Entity]:
    """``hcp_aws_network_peering``."""
    yield Request(
        reader.attribute("provider_peering_id"),
        _of_project(reader, reader.needed("hvn_id")),
        reader.needed("peer_vpc_id"),
        OWNER,
        reader.text("peer_account_id"),
        reader.text("peer_vpc_region"),
    ).peering(reader)


def looked_up_peering(reader: Reader) -> Iterator[Entity]:
    """``data.hcp_aws_network_peering``."""
    id, peer = reader.attribute("provider_peering_id"), reader.attribute("peer_vpc_id")
    place = place_of(reader)
    hvn = _of_project(reader, reader.needed("hvn_id"))
    yield Peering(reader.origin, id, hvn, peer, place, third_party=OWNER, outside=True)


def transit_attachment(reader: Reader) -> Iterator[Entity]:
    """``hcp_aws_transit_gateway_attachment``: another way from an HVN into VPCs."""
    id = reader.needed("transit_gateway_id")
    yield Gateway(reader.origin, GatewayKind.TRANSIT_ATTACHMENT, id, _of_project(reader, reader.needed("hvn_id")))


def route(reader: Reader) -> Iterator[Entity]:
    """``hcp_hvn_route``: a route of an HVN, into a peering or a transit gateway."""
    hvn = reader.text("hvn_link")
    table = hvn if hvn is not None else Unknown(Why.UNSUPPORTED, "hvn_link", reader.span)
    link = reader.needed("target_link")
    target = _behind_link(reader, link)
    cidr = reader.cidr("destination_cidr") or Unknown(Why.UNSUPPORTED, "destination_cidr", reader.span)
    sent = Target(_kind(link, target), target, "target_link")
    yield Route(reader.origin, table, CidrDestination(cidr, 4), sent, reader.place)


def _behind_link(reader: Reader, link: Written[str]) -> Written[str]:
    """The id that AWS knows a peering by, which HCP names by its link. Evaluation takes the two for one."""
    for address, declared in reader.instance.site.root.by_address.items() if isinstance(link, Known) else ():
        if "hcp_aws_network_peering." in address and declared.attribute("self_link") == link:
            return reader.as_text(declared.attribute("provider_peering_id"))
    return link


def _kind(link: Written[str], target: Written[str]) -> TargetKind:
    if isinstance(link, Known):
        return TargetKind.PEERING if link != target else TargetKind.UNKNOWN
    parts = link.of.address.split(".") if link.of is not None else []
    return next((TARGETS[part] for part in reversed(parts) if part in TARGETS), TargetKind.UNKNOWN)
