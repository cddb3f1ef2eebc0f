"""MongoDB Atlas, whose VPC of a Region is a network container
(https://registry.terraform.io/providers/mongodb/mongodbatlas/latest/docs/resources/network_peering).
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Block, BlockKind, Entity
from peerlint.network.values import Known, Value
from peerlint.terraform.attributes import behind
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.third_party.outside import Request, block_of, is_on_aws, named, place_of, vpc

OWNER = "MongoDB Atlas"


def container(reader: Reader) -> Iterator[Entity]:
    """``mongodbatlas_network_container`` on AWS."""
    if is_on_aws(reader, "provider_name"):
        place = place_of(reader, region(reader, "region_name"))
        yield vpc(reader, reader.attribute("container_id"), block_of(reader, "atlas_cidr_block"), place, OWNER)


def looked_up_container(reader: Reader) -> Iterator[Entity]:
    """``data.mongodbatlas_network_container``, unless it looks up a declared one."""
    if behind(reader.instance, "container_id") is None:
        block = Block(reader.identity("atlas_cidr_block"), 4, BlockKind.PRIMARY, reader.span)
        yield vpc(reader, named(reader, "container_id"), [block], place_of(reader), OWNER)


def peering(reader: Reader) -> Iterator[Entity]:
    """``mongodbatlas_network_peering`` on AWS. Atlas routes ``route_table_cidr_block`` over it."""
    if not is_on_aws(reader, "provider_name"):
        return
    id = named(reader, "container_id")
    if behind(reader.instance, "container_id") is None:
        yield vpc(reader, id, block_of(reader, "atlas_cidr_block"), place_of(reader), OWNER)
    request = Request(
        reader.attribute("connection_id"),
        id,
        reader.needed("vpc_id"),
        OWNER,
        reader.text("aws_account_id"),
        region(reader, "accepter_region_name"),
    )
    yield request.peering(reader)
    routed = reader.cidr("route_table_cidr_block")
    yield from request.routes(reader, "container_id", () if routed is None else (routed,))


def region(reader: Reader, argument: str) -> Value[str]:
    """A Region, which Atlas writes as ``EU_WEST_1``
    (https://www.mongodb.com/docs/atlas/reference/amazon-aws/).
    """
    name = reader.text(argument)
    return Known(name.value.lower().replace("_", "-"), name.at) if isinstance(name, Known) else name
