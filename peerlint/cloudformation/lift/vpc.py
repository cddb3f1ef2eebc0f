"""VPCs, their secondary blocks, and subnets."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.cloudformation.values import as_text
from peerlint.network.cidr import Cidr
from peerlint.network.model import Block, BlockAssociation, BlockKind, Entity, Subnet, Vpc
from peerlint.network.values import Identity, Known, Unknown, Value, Why, Written

_IPV4_SIZES = (16, 28)
"""https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html and subnet-sizing.html"""


def vpcs(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::VPC``: DNS support is on and DNS host names are off unless the template says otherwise."""
    for item in stack.of_type("AWS::EC2::VPC"):
        support, hostnames = read.boolean(item, "EnableDnsSupport"), read.boolean(item, "EnableDnsHostnames")
        yield Vpc(
            origin=item.origin,
            id=item.id,
            blocks=tuple(_ipv4(item, BlockKind.PRIMARY)),
            dns_support=support if support is not None else Known(True, item.span),
            dns_hostnames=hostnames if hostnames is not None else Known(False, item.span),
            place=item.place,
            name=name_tag(item),
        )


def block_associations(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::VPCCidrBlock``."""
    for item in stack.of_type("AWS::EC2::VPCCidrBlock"):
        vpc = read.required(item, "VpcId", read.reference(item, "VpcId"))
        for block in (*_ipv4(item, BlockKind.SECONDARY), *_ipv6(item)):
            yield BlockAssociation(item.origin, vpc, block)


def subnets(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::Subnet``, with the blocks that ``AWS::EC2::SubnetCidrBlock`` adds."""
    added = [(read.reference(item, "SubnetId"), item) for item in stack.of_family("AWS::EC2::SubnetCidrBlock")]
    for item in stack.of_type("AWS::EC2::Subnet"):
        own = [item, *(other for subnet, other in added if isinstance(subnet, Unknown) and subnet.of == item.id.of)]
        blocks = [*_ipv4(item, BlockKind.PRIMARY), *(block for part in own for block in _subnet_ipv6(part))]
        yield Subnet(
            origin=item.origin,
            id=item.id,
            vpc=read.required(item, "VpcId", read.reference(item, "VpcId")),
            blocks=tuple(blocks),
            zone=read.text(item, "AvailabilityZone"),
        )


def name_tag(item: Item) -> Value[str]:
    """The value of the tag ``Name``."""
    tags = item.value("Tags")
    if not isinstance(tags, Known) or not isinstance(tags.value, tuple):
        return None
    for tag in tags.value:
        members = tag.value if isinstance(tag, Known) else None
        if isinstance(members, dict) and as_text(members.get("Key")) == "Name":
            value = members.get("Value")
            name = as_text(value)
            return Known(name, tag.at) if name is not None else value if isinstance(value, Unknown) else None
    return None


def _ipv4(item: Item, kind: BlockKind) -> Iterator[Block]:
    pool = read.reference(item, "Ipv4IpamPoolId")
    block = read.cidr(item, "CidrBlock", 4, _IPV4_SIZES)
    if block is not None:
        yield Block(block, 4, kind, item.at("CidrBlock"), pool)
    elif pool is not None:
        of = item.stack.identity(item.name, "CidrBlock")
        yield Block(_allocated(item, of), 4, BlockKind.IPAM, item.at("Ipv4IpamPoolId"), pool)


def _ipv6(item: Item) -> Iterator[Block]:
    pool = read.reference(item, "Ipv6IpamPoolId") or read.reference(item, "Ipv6Pool")
    amazon = read.boolean(item, "AmazonProvidedIpv6CidrBlock")
    if pool is None and amazon is None and item.node("Ipv6CidrBlock") is None:
        return
    if isinstance(amazon, Known) and not amazon.value and pool is None and item.node("Ipv6CidrBlock") is None:
        return
    block = read.cidr(item, "Ipv6CidrBlock", 6)
    kind = BlockKind.AMAZON if pool is None and amazon is not None else BlockKind.IPAM if pool else BlockKind.SECONDARY
    of = item.stack.identity(item.name, "Ipv6CidrBlock")
    written = block if block is not None else _allocated(item, of)
    argument = next(
        (name for name in ("Ipv6CidrBlock", "AmazonProvidedIpv6CidrBlock", "Ipv6IpamPoolId") if item.node(name)), ""
    )
    yield Block(written, 6, kind, item.at(argument), pool)


def _subnet_ipv6(item: Item) -> Iterator[Block]:
    block = read.cidr(item, "Ipv6CidrBlock", 6)
    if block is not None:
        yield Block(block, 6, BlockKind.PRIMARY, item.at("Ipv6CidrBlock"))
    elif item.node("Ipv6IpamPoolId") is not None:
        of = item.stack.identity(item.name, "Ipv6CidrBlock")
        yield Block(_allocated(item, of), 6, BlockKind.IPAM, item.at("Ipv6IpamPoolId"))


def _allocated(item: Item, of: Identity) -> Written[Cidr]:
    return Unknown(Why.COMPUTED, f"{item.name}.{of.attribute}", item.span, of)
