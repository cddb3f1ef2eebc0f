"""Confluent Cloud (https://registry.terraform.io/providers/confluentinc/confluent/latest/docs)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Block, BlockKind, Entity, Gateway, GatewayKind
from peerlint.network.values import Value
from peerlint.terraform.attributes import behind, resource_of
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.third_party.outside import Request, block_of, is_on_aws, named, place_of, vpc

OWNER = "Confluent"


def network(reader: Reader) -> Iterator[Entity]:
    """``confluent_network`` on AWS, with one block, or one in each zone."""
    if is_on_aws(reader, "cloud"):
        blocks = [
            *block_of(reader, "cidr"),
            *(b for zone in reader.blocks("zone_info") for b in block_of(zone, "cidr")),
        ]
        place = place_of(reader, reader.text("region"), reader.identity("aws.account"))
        yield vpc(reader, reader.id, blocks, place, OWNER)


def looked_up_network(reader: Reader) -> Iterator[Entity]:
    """``data.confluent_network``, unless it looks up a declared one."""
    if behind(reader.instance, "id") is None:
        block = Block(reader.identity("cidr"), 4, BlockKind.PRIMARY, reader.span)
        yield vpc(reader, named(reader, "id"), [block], place_of(reader), OWNER)


def peering(reader: Reader) -> Iterator[Entity]:
    """``confluent_peering`` on AWS; the connection's id is only found by a look-up. Confluent routes ``routes``."""
    for block in reader.blocks("aws"):
        id = _network(reader) or reader.identity("network")
        if resource_of(reader.instance, id) is None:
            yield vpc(reader, id, (), place_of(reader), OWNER)
        peer, account, region = block.needed("vpc"), block.text("account"), block.text("customer_region")
        request = Request(reader.identity("peering_id"), id, peer, OWNER, account, region)
        yield request.peering(reader)
        cidrs = [block.as_cidr("routes", item) for item in block.items("routes")]
        yield from request.routes(reader, "network", cidrs)


def transit_attachment(reader: Reader) -> Iterator[Entity]:
    """``confluent_transit_gateway_attachment``: another way from Confluent's network into VPCs."""
    for block in reader.blocks("aws"):
        id = block.needed("transit_gateway_id")
        yield Gateway(reader.origin, GatewayKind.TRANSIT_ATTACHMENT, id, _network(reader))


def _network(reader: Reader) -> Value[str]:
    """The network that the ``network`` block names."""
    return next((named(block, "id") for block in reader.blocks("network")), None)
