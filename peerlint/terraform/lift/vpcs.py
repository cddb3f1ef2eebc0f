"""VPCs, their secondary blocks, and subnets."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import (
    Block,
    BlockAssociation,
    BlockKind,
    Entity,
    MainAssociation,
    NetworkAcl,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known, Written
from peerlint.terraform.lift.reader import Reader


def vpc(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc`` with what AWS makes along with it: the default route table, group and network ACL.

    Defaults: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc.
    """
    origin, place, id = reader.origin, reader.place, reader.id
    support = reader.flag("enable_dns_support") or reader.managed_elsewhere("enable_dns_support") or Known(True)
    hostnames = reader.flag("enable_dns_hostnames") or reader.managed_elsewhere("enable_dns_hostnames") or Known(False)
    yield Vpc(origin, id, tuple(_blocks(reader)), support, hostnames, place, name=reader.name_tag())
    yield RouteTable(origin, reader.attribute("default_route_table_id"), id, place, is_default=True)
    yield SecurityGroup(origin, reader.attribute("default_security_group_id"), id, place, is_default=True)
    yield NetworkAcl(origin, reader.attribute("default_network_acl_id"), id, is_default=True)
    yield from _main_table(reader, id)


def _main_table(reader: Reader, id: Written[str]) -> Iterator[Entity]:
    """The main table of a VPC where a state tells that it is not the one that came with the VPC, and no resource is to
    make it another one.
    """
    main = reader.attribute("main_route_table_id")
    if not isinstance(main, Known) or main == reader.attribute("default_route_table_id"):
        return
    declared = reader.instance.site.root.by_address.items()
    moves = (d for address, d in declared if "aws_main_route_table_association." in address)
    if not any(move.attribute("vpc_id") == id for move in moves):
        yield MainAssociation(reader.origin, main, id)


def _blocks(reader: Reader) -> Iterator[Block]:
    pool = reader.text("ipv4_ipam_pool_id")
    cidr = reader.subnet_cidr("cidr_block")
    if cidr is not None:
        yield Block(cidr, 4, BlockKind.PRIMARY, reader.at("cidr_block"), pool)
    elif pool is not None or reader.written("ipv4_netmask_length"):
        yield Block(reader.identity("cidr_block"), 4, BlockKind.IPAM, reader.at("ipv4_ipam_pool_id"), pool)
    else:
        yield Block(reader.identity("cidr_block"), 4, BlockKind.PRIMARY, reader.span)
    yield from _ipv6(reader)


def _ipv6(reader: Reader) -> Iterator[Block]:
    six = reader.cidr("ipv6_cidr_block")
    amazon = reader.flag("assign_generated_ipv6_cidr_block")
    pool = reader.text("ipv6_ipam_pool_id")
    if six is not None:
        yield Block(six, 6, BlockKind.PRIMARY, reader.at("ipv6_cidr_block"), pool)
    elif pool is not None:
        yield Block(reader.identity("ipv6_cidr_block"), 6, BlockKind.IPAM, reader.at("ipv6_ipam_pool_id"), pool)
    elif amazon is not None and amazon != Known(False):
        at = reader.at("assign_generated_ipv6_cidr_block")
        yield Block(reader.identity("ipv6_cidr_block"), 6, BlockKind.AMAZON, at)


def default_vpc(reader: Reader) -> Iterator[Entity]:
    """``aws_default_vpc``: adopts the Region's default VPC, whose blocks are not in the code."""
    origin, place, id = reader.origin, reader.place, reader.id
    block = Block(reader.cidr("cidr_block") or reader.identity("cidr_block"), 4, BlockKind.PRIMARY, reader.span)
    support = reader.flag("enable_dns_support") or Known(True)
    hostnames = reader.flag("enable_dns_hostnames") or Known(True)
    blocks = (block, *_ipv6(reader))
    yield Vpc(origin, id, blocks, support, hostnames, place, outside=True, is_default=True, name=reader.name_tag())
    table = reader.attribute("main_route_table_id")
    yield RouteTable(origin, table, id, place, is_default=True, outside=True)
    group = reader.attribute("default_security_group_id")
    yield SecurityGroup(origin, group, id, place, is_default=True, outside=True)
    yield NetworkAcl(origin, reader.identity("default_network_acl_id"), id, is_default=True, outside=True)


def ipv4_association(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_ipv4_cidr_block_association``."""
    pool = reader.text("ipv4_ipam_pool_id")
    cidr = reader.subnet_cidr("cidr_block")
    kind = BlockKind.SECONDARY if cidr is not None else BlockKind.IPAM
    block = Block(cidr or reader.identity("cidr_block"), 4, kind, reader.at("cidr_block"), pool)
    yield BlockAssociation(reader.origin, reader.needed("vpc_id"), block)


def ipv6_association(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_ipv6_cidr_block_association``."""
    cidr = reader.cidr("ipv6_cidr_block")
    pool = reader.text("ipv6_ipam_pool_id") or reader.text("ipv6_pool")
    allocated = BlockKind.AMAZON if pool is None else BlockKind.IPAM
    kind = BlockKind.SECONDARY if cidr is not None else allocated
    block = Block(cidr or reader.identity("ipv6_cidr_block"), 6, kind, reader.at("ipv6_cidr_block"), pool)
    yield BlockAssociation(reader.origin, reader.needed("vpc_id"), block)


def subnet(reader: Reader) -> Iterator[Entity]:
    """``aws_subnet``."""
    zone = reader.text("availability_zone")
    yield Subnet(reader.origin, reader.id, reader.needed("vpc_id"), subnet_blocks(reader), zone)


def subnet_blocks(reader: Reader) -> tuple[Block, ...]:
    """The IPv4 and the IPv6 block of a subnet, as far as they are told."""
    blocks = []
    four, six = reader.subnet_cidr("cidr_block"), reader.cidr("ipv6_cidr_block")
    if four is not None:
        blocks.append(Block(four, 4, BlockKind.PRIMARY, reader.at("cidr_block")))
    if six is not None:
        blocks.append(Block(six, 6, BlockKind.PRIMARY, reader.at("ipv6_cidr_block")))
    return tuple(blocks)


def default_subnet(reader: Reader) -> Iterator[Entity]:
    """``aws_default_subnet``."""
    zone = reader.text("availability_zone")
    yield Subnet(reader.origin, reader.id, reader.attribute("vpc_id"), subnet_blocks(reader), zone, outside=True)
