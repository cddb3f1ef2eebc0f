"""VPCs, their further blocks, and subnets of the awscc provider."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import (
    Block,
    BlockAssociation,
    BlockKind,
    Entity,
    NetworkAcl,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from peerlint.network.values import Known
from peerlint.terraform.lift.reader import Reader


def vpc(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_vpc`` with the default table, group and network ACL that AWS makes along with it.

    Defaults: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html.
    """
    origin, place, id = reader.origin, reader.place, reader.id
    support = reader.flag("enable_dns_support") or reader.managed_elsewhere("enable_dns_support") or Known(True)
    hostnames = reader.flag("enable_dns_hostnames") or reader.managed_elsewhere("enable_dns_hostnames") or Known(False)
    block = _ipv4(reader, BlockKind.PRIMARY)
    yield Vpc(origin, id, (block,), support, hostnames, place, name=reader.name_tag())
    yield RouteTable(origin, reader.identity("main_route_table_id"), id, place, is_default=True)
    yield SecurityGroup(origin, reader.attribute("default_security_group"), id, place, is_default=True)
    yield NetworkAcl(origin, reader.attribute("default_network_acl"), id, is_default=True)


def cidr_block(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_vpc_cidr_block``: one more IPv4 or IPv6 block of a VPC."""
    six = _ipv6(reader)
    block = six if six is not None else _ipv4(reader, BlockKind.SECONDARY)
    yield BlockAssociation(reader.origin, reader.needed("vpc_id"), block)


def _ipv4(reader: Reader, kind: BlockKind) -> Block:
    pool = reader.text("ipv_4_ipam_pool_id")
    cidr = reader.subnet_cidr("cidr_block")
    if cidr is not None:
        return Block(cidr, 4, kind, reader.at("cidr_block"), pool)
    allocated = BlockKind.IPAM if pool is not None else kind
    return Block(reader.identity("cidr_block"), 4, allocated, reader.at("ipv_4_ipam_pool_id"), pool)


def _ipv6(reader: Reader) -> Block | None:
    cidr, amazon = reader.cidr("ipv_6_cidr_block"), reader.flag("amazon_provided_ipv_6_cidr_block")
    pool = reader.text("ipv_6_ipam_pool_id") or reader.text("ipv_6_pool")
    if cidr is not None:
        return Block(cidr, 6, BlockKind.SECONDARY, reader.at("ipv_6_cidr_block"), pool)
    if pool is not None:
        return Block(reader.identity("ipv_6_cidr_block"), 6, BlockKind.IPAM, reader.at("ipv_6_ipam_pool_id"), pool)
    if amazon is None or amazon == Known(False):
        return None
    at = reader.at("amazon_provided_ipv_6_cidr_block")
    return Block(reader.identity("ipv_6_cidr_block"), 6, BlockKind.AMAZON, at)


def subnet(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_subnet``."""
    found = (
        (4, "cidr_block", reader.subnet_cidr("cidr_block")),
        (6, "ipv_6_cidr_block", reader.cidr("ipv_6_cidr_block")),
    )
    blocks = [
        Block(cidr, version, BlockKind.PRIMARY, reader.at(name)) for version, name, cidr in found if cidr is not None
    ]
    zone = reader.text("availability_zone")
    yield Subnet(reader.origin, reader.id, reader.needed("vpc_id"), tuple(blocks), zone)
