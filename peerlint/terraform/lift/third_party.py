"""Peerings with the networks of other services: their VPC lies outside, with the block that their resource states."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    Block,
    BlockKind,
    CidrDestination,
    Entity,
    Peering,
    Place,
    Route,
    RouteTable,
    Target,
    TargetKind,
    Vpc,
)
from peerlint.network.values import Known, Unknown, Value, Why, Written
from peerlint.terraform.attributes import behind
from peerlint.terraform.lift.reader import Reader

HVN_DEFAULT = Cidr(4, 0xAC191000, 20)
"""172.25.16.0/20, the block of an HVN for which none is written
(https://registry.terraform.io/providers/hashicorp/hcp/latest/docs/resources/hvn).
"""


def _outside(reader: Reader, id: Written[str], cidr: Value[Cidr], argument: str, owner: str) -> Vpc:
    nothing = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    blocks = (Block(cidr, 4, BlockKind.PRIMARY, reader.at(argument)),) if cidr is not None else ()
    return Vpc(
        reader.origin, id, blocks, nothing, nothing, Place(nothing, nothing), outside=True, owner=owner
    )  # fmt: skip


def _peering(reader: Reader, id: Written[str], vpc: Written[str], peer: str, owner: str) -> Peering:
    nothing = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
    place = Place(nothing, nothing)
    return Peering(reader.origin, id, vpc, reader.needed(peer), place, third_party=owner)


def hvn(reader: Reader) -> Iterator[Entity]:
    """``hcp_hvn``: HashiCorp's virtual network, with one table of routes."""
    id = reader.attribute("hvn_id")
    cidr = reader.cidr("cidr_block")
    if cidr is None and not reader.is_given("cidr_block"):
        cidr = Known(HVN_DEFAULT, reader.span)
    vpc = _outside(reader, id, cidr, "cidr_block", "HCP")
    yield vpc
    yield RouteTable(reader.origin, reader.attribute("self_link"), id, vpc.place, is_default=True, outside=True)


def hcp_peering(reader: Reader) -> Iterator[Entity]:
    """``hcp_aws_network_peering``."""
    yield _peering(reader, reader.attribute("provider_peering_id"), reader.needed("hvn_id"), "peer_vpc_id", "HCP")


def hvn_route(reader: Reader) -> Iterator[Entity]:
    """``hcp_hvn_route``: a route of an HVN into a peering."""
    link = reader.text("hvn_link")
    table = link if link is not None else Unknown(Why.UNSUPPORTED, "hvn_link", reader.span)
    target = Target(TargetKind.PEERING, _behind_link(reader, reader.needed("target_link")), "target_link")
    cidr = reader.cidr("destination_cidr") or Unknown(Why.UNSUPPORTED, "destination_cidr", reader.span)
    yield Route(reader.origin, table, CidrDestination(cidr, 4), target, reader.place)


def _behind_link(reader: Reader, link: Written[str]) -> Written[str]:
    """The id that AWS knows a peering by, which HCP names by its link. Evaluation takes the two for one."""
    for address, declared in reader.instance.site.root.by_address.items() if isinstance(link, Known) else ():
        if "hcp_aws_network_peering." in address and declared.attribute("self_link") == link:
            return reader.as_text(declared.attribute("provider_peering_id"))
    return link


def atlas_peering(reader: Reader) -> Iterator[Entity]:
    """``mongodbatlas_network_peering`` on AWS; the block is that of the container, which is named by its id."""
    id = reader.identity("container_id")
    container = behind(reader.instance, "container_id")
    stated = reader.as_text(container.attribute("atlas_cidr_block")) if container is not None else None
    cidr = reader.as_cidr("atlas_cidr_block", stated) if stated is not None else reader.cidr("atlas_cidr_block")
    yield _outside(reader, id, cidr, "container_id", "MongoDB Atlas")
    yield _peering(reader, reader.attribute("connection_id"), id, "vpc_id", "MongoDB Atlas")


def rediscloud_peering(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_subscription_peering`` on AWS."""
    id = reader.identity("subscription_id")
    yield _outside(reader, id, None, "subscription_id", "Redis Cloud")
    yield _peering(reader, reader.attribute("aws_peering_id"), id, "vpc_id", "Redis Cloud")


def confluent_peering(reader: Reader) -> Iterator[Entity]:
    """``confluent_peering`` on AWS; the connection's id is only found by a look-up."""
    for block in reader.blocks("aws"):
        id = reader.identity("network")
        yield _outside(reader, id, None, "network", "Confluent")
        nothing = Unknown(Why.LOOKUP, reader.instance.address, reader.span)
        vpc = block.needed("vpc")
        place = Place(nothing, nothing)
        yield Peering(reader.origin, reader.identity("peering_id"), id, vpc, place, third_party="Confluent")
