"""VPCs and subnets.

Of a VPC in another account the ends of connections tell the blocks, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerlint.inventory.collect import Seen
from peerlint.inventory.documents import Item
from peerlint.inventory.lift.item import Context, cidr, origin
from peerlint.inventory.lift.peerings import ends, is_active
from peerlint.inventory.records import (
    AttributeRecord,
    End,
    Ipv6Association,
    PeeringRecord,
    SubnetRecord,
    Tag,
    VpcRecord,
)
from peerlint.network.model import Block, BlockKind, Entity, Subnet, Vpc
from peerlint.network.values import Known, Unknown, Why, Written

IN_USE = ("associated", "associating", "")
GONE = ("disassociated", "failed")
"""The states of a block that the VPC does not have
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcCidrBlockState.html)."""


def vpcs(context: Context) -> Iterator[Entity]:
    """The VPCs of ``describe-vpcs``, and those that are only an end of a connection."""
    records = context.inventory.of(VpcRecord)
    for seen in records.values():
        yield _vpc(context, seen)
    told: set[str] = set(records)
    for peering in sorted(context.inventory.of(PeeringRecord).values(), key=lambda seen: not is_active(seen.record)):
        for member, end in ends(peering.record):
            if end.vpc_id not in told:
                told.add(end.vpc_id)
                yield _end(context, peering, member, end)


def _vpc(context: Context, seen: Seen[VpcRecord]) -> Vpc:
    record = seen.record
    name = _name(record.tags)
    at = seen.item.at("VpcId")
    states = (
        *(a.cidr_block_state for a in record.cidr_block_association_set or ()),
        *(a.ipv6_cidr_block_state for a in record.ipv6_cidr_block_association_set or ()),
    )
    settled = all(state is None or state.state in (*IN_USE, *GONE) for state in states)
    return Vpc(
        origin(f"{record.vpc_id} ({name.value})" if name is not None else record.vpc_id, at),
        Known(record.vpc_id, at),
        tuple(_blocks(seen)),
        _attribute(context, record.vpc_id, "EnableDnsSupport"),
        _attribute(context, record.vpc_id, "EnableDnsHostnames"),
        context.places.of(record.vpc_id),
        outside=True,
        is_default=record.is_default,
        name=name,
        complete=bool(record.cidr_block_association_set) and settled,
        shown=at,
    )


def _name(tags: Sequence[Tag] | None) -> Known[str] | None:
    return next((Known(tag.value) for tag in tags or () if tag.key == "Name" and tag.value), None)


def _attribute(context: Context, vpc: str, name: str) -> Written[bool]:
    seen = context.inventory.of(AttributeRecord).get(f"{vpc} {name}")
    record = seen.record if seen is not None else None
    flag = None if record is None else record.enable_dns_support or record.enable_dns_hostnames
    if seen is None or flag is None:
        return Unknown(Why.LOOKUP, f"{name} of {vpc}")
    return Known(flag.value, seen.item.at(name))


def _blocks(seen: Seen[VpcRecord]) -> Iterator[Block]:
    record = seen.record
    places = seen.item.under("CidrBlockAssociationSet")
    for association, item in zip(record.cidr_block_association_set or (), places, strict=True):
        if association.cidr_block_state is None or association.cidr_block_state.state in IN_USE:
            kind = BlockKind.PRIMARY if association.cidr_block == record.cidr_block else BlockKind.SECONDARY
            at = item.at("CidrBlock")
            yield Block(cidr(association.cidr_block, at), 4, kind, at)
    if not record.cidr_block_association_set and record.cidr_block is not None:
        at = seen.item.at("CidrBlock")
        yield Block(cidr(record.cidr_block, at), 4, BlockKind.PRIMARY, at)
    yield from _ipv6(record.ipv6_cidr_block_association_set or (), seen.item)


def _ipv6(associations: Sequence[Ipv6Association], item: Item) -> Iterator[Block]:
    for association, place in zip(associations, item.under("Ipv6CidrBlockAssociationSet"), strict=True):
        if association.ipv6_cidr_block_state is None or association.ipv6_cidr_block_state.state in IN_USE:
            at = place.at("Ipv6CidrBlock")
            yield Block(cidr(association.ipv6_cidr_block, at), 6, BlockKind.SECONDARY, at)


def _end(context: Context, seen: Seen[PeeringRecord], member: str, end: End) -> Vpc:
    """A VPC as one end of a connection tells it: all its blocks, once the connection is active
    (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnectionVpcInfo.html).
    """
    unknown = Unknown(Why.LOOKUP, f"the DNS settings of {end.vpc_id}")
    at = seen.item.at(member)
    fours = [block.cidr_block for block in end.cidr_block_set or ()]
    fours = [*([end.cidr_block] if end.cidr_block else []), *(text for text in fours if text != end.cidr_block)]
    sixes = [block.ipv6_cidr_block for block in end.ipv6_cidr_block_set or ()]
    blocks = [
        *(Block(cidr(text, at), 4, _kind(text, end), at) for text in fours),
        *(Block(cidr(text, at), 6, BlockKind.SECONDARY, at) for text in sixes),
    ]
    return Vpc(
        origin(end.vpc_id, at),
        Known(end.vpc_id, at),
        tuple(blocks),
        unknown,
        unknown,
        context.places.of(end.vpc_id),
        outside=True,
        complete=is_active(seen.record) and bool(end.cidr_block_set),
        shown=at,
    )


def _kind(text: str, end: End) -> BlockKind:
    return BlockKind.PRIMARY if text == end.cidr_block else BlockKind.SECONDARY


def subnets(context: Context) -> Iterator[Entity]:
    """The subnets of ``describe-subnets``."""
    for seen in context.inventory.of(SubnetRecord).values():
        record, at = seen.record, seen.item.at("SubnetId")
        four = [record.cidr_block] if record.cidr_block else []
        where = seen.item.at("CidrBlock")
        yield Subnet(
            origin(record.subnet_id, at),
            Known(record.subnet_id, at),
            Known(record.vpc_id, at),
            (
                *(Block(cidr(text, where), 4, BlockKind.PRIMARY, where) for text in four),
                *_ipv6(record.ipv6_cidr_block_association_set or (), seen.item),
            ),
            None if record.availability_zone is None else Known(record.availability_zone, at),
        )
