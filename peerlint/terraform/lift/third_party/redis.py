"""Redis Cloud (https://registry.terraform.io/providers/RedisLabs/rediscloud/latest/docs)."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import Entity
from peerlint.network.values import Known, Unknown, Value, Written
from peerlint.records import replace
from peerlint.terraform.attributes import behind
from peerlint.terraform.lift.reader import Reader
from peerlint.terraform.lift.third_party.outside import Request, block_of, is_on_aws, named, place_of, vpc

OWNER = "Redis Cloud"
CIDR = "networking_deployment_cidr"


def subscription(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_subscription`` in one Region of AWS, which has a VPC with its deployment CIDR."""
    for cloud in reader.blocks("cloud_provider"):
        regions = cloud.blocks("region")
        if is_on_aws(cloud, "provider") and len(regions) == 1 and not regions[0].written("networking_vpc_id"):
            place = place_of(reader, regions[0].text("region"))
            yield vpc(reader, reader.id, block_of(regions[0], CIDR), place, OWNER)


def active_active_subscription(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_active_active_subscription``, which has a VPC in each Region that it is created with."""
    if is_on_aws(reader, "cloud_provider"):
        for plan in reader.blocks("creation_plan"):
            yield from _regions(plan, reader.id)


def active_active_regions(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_active_active_subscription_regions``: the Regions that a subscription is to have."""
    yield from _regions(reader, named(reader, "subscription_id"))


def _regions(reader: Reader, id: Written[str]) -> Iterator[Entity]:
    for block in reader.blocks("region"):
        region = block.text("region")
        own = _in_region(id, region)
        if own is not None:
            yield vpc(block, own, block_of(block, CIDR), place_of(block, region), OWNER)


def _in_region(id: Written[str], region: Value[str]) -> Written[str] | None:
    """The VPC of a subscription in one of its Regions; ``None`` where they cannot be told apart."""
    match id, region:
        case Known(value=known), Known(value=name):
            return Known(f"{known}/{name}", id.at)
        case Unknown(of=of), Known(value=name) if of is not None:
            return replace(id, of=replace(of, attribute=f'{of.attribute}["{name}"]'))
        case _:
            return None


def peering(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_subscription_peering`` on AWS. Redis Cloud routes the blocks that it is told of the peer."""
    if is_on_aws(reader, "provider_name"):
        id = named(reader, "subscription_id")
        if behind(reader.instance, "subscription_id") is None:
            yield vpc(reader, id, (), place_of(reader), OWNER)
        yield from _requested(reader, id, reader.text("region"))


def active_active_peering(reader: Reader) -> Iterator[Entity]:
    """``rediscloud_active_active_subscription_peering`` on AWS, out of ``source_region``."""
    if is_on_aws(reader, "provider_name"):
        source = reader.text("source_region")
        id = _in_region(named(reader, "subscription_id"), source) or reader.identity("source_region")
        yield vpc(reader, id, (), place_of(reader, source), OWNER)
        yield from _requested(reader, id, reader.text("destination_region"))


def _requested(reader: Reader, id: Written[str], peer_region: Value[str]) -> Iterator[Entity]:
    peer, account = reader.needed("vpc_id"), reader.text("aws_account_id")
    request = Request(reader.attribute("aws_peering_id"), id, peer, OWNER, account, peer_region)
    yield request.peering(reader)
    one = reader.cidr("vpc_cidr")
    cidrs = [reader.as_cidr("vpc_cidrs", item) for item in reader.items("vpc_cidrs")]
    yield from request.routes(reader, "subscription_id", cidrs if one is None else [one, *cidrs])
