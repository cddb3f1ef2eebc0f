"""Address blocks that are written with bits set beyond their prefix, and what becomes of them.

AWS takes the block without those bits (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html). The aws
provider of Terraform refuses them in what it checks: the blocks of VPCs and subnets, the destinations of routes, the
sources of group rules, the entries inside a network ACL. It does not check ``aws_network_acl_rule``, whose block then
never reads back as it is written (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/ec2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    AclEntry,
    BlockAssociation,
    CidrDestination,
    CidrPeer,
    Direction,
    Language,
    NetworkAcl,
    Origin,
    Permission,
    Route,
    Subnet,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import written_at
from peerlint.network.routing.strays import DESTINATION
from peerlint.network.values import Known, Span, Value, Written

ACL_BLOCK = ("cidr_block", "ipv6_cidr_block", "CidrBlock", "Ipv6CidrBlock")
"""The arguments that hold the block of an ACL's entry."""

_RESOURCE = re.compile(r"(?:^|\.)((?:aws|awscc)_\w+)\.[\w-]+(?:\[[^]]*\])?$")


class Fate(Enum):
    """What becomes of a block with host bits."""

    REFUSED = "the provider refuses it"
    REPLACED = "it is replaced by each apply"
    TAKEN = "AWS takes it without them"


class HostBits(Struct, frozen=True):
    """A block with host bits, where it is used, and in what: "the destination" of a route."""

    fate: Fate
    value: Known[Cidr]
    origin: Origin
    at: Span
    what: str


def host_bits(network: Network) -> Iterator[HostBits]:
    """The blocks with host bits that VPCs with a peering have, and what routes, groups and ACLs of theirs name."""
    yield from _of_vpcs(network)
    yield from _of_routes(network)
    yield from _of_groups(network)
    yield from _of_acls(network)


def _of_vpcs(network: Network) -> Iterator[HostBits]:
    for vpc in network.declared(Vpc):
        if not vpc.outside and network.peerings.of(vpc):
            for block in vpc.blocks:
                yield from _found(block.cidr, vpc.origin, block.at, "the block")
    for added in network.declared(BlockAssociation):
        if _has_host_bits(added.block.cidr) and _is_peered(network, added.vpc, added.origin):
            yield from _found(added.block.cidr, added.origin, added.block.at, "the block")
    for subnet in network.declared(Subnet):
        meant = [block for block in subnet.blocks if _has_host_bits(block.cidr) and not subnet.outside]
        if meant and _is_peered(network, subnet.vpc, subnet.origin):
            for block in meant:
                yield from _found(block.cidr, subnet.origin, block.at, "the block")


def _of_routes(network: Network) -> Iterator[HostBits]:
    for route in network.declared(Route):
        if not isinstance(route.destination, CidrDestination) or not _has_host_bits(route.destination.cidr):
            continue
        table = network.tables.by_id(route.table)
        over = route.target.kind is TargetKind.PEERING or network.peerings.by_id(route.target.id) is not None
        if over or (table is not None and _is_peered(network, table.vpc, table.origin)):
            at = written_at(route.origin, *DESTINATION)
            yield from _found(route.destination.cidr, route.origin, at, "the destination")


def _of_groups(network: Network) -> Iterator[HostBits]:
    for permission in network.declared(Permission):
        meant = [peer for peer in permission.peers if isinstance(peer, CidrPeer) and _has_host_bits(peer.cidr)]
        group = network.groups.by_id(permission.group) if meant else None
        if group is not None and _is_peered(network, group.vpc, group.origin):
            what = "a source" if permission.direction is Direction.INGRESS else "a destination"
            for peer in meant:
                yield from _found(peer.cidr, permission.origin, peer.at, what)


def _of_acls(network: Network) -> Iterator[HostBits]:
    acls = {acl.id: acl for acl in network.declared(NetworkAcl)}
    for entry in network.declared(AclEntry):
        acl = acls.get(entry.acl) if _has_host_bits(entry.cidr) else None
        if acl is not None and _is_peered(network, acl.vpc, acl.origin):
            yield from _found(entry.cidr, entry.origin, written_at(entry.origin, *ACL_BLOCK), "the block")


def _has_host_bits(cidr: Written[Cidr]) -> bool:
    """Whether a block is written with host bits, which next to none is."""
    return isinstance(cidr, Known) and cidr.value.has_host_bits


def _is_peered(network: Network, id: Value[str], origin: Origin) -> bool:
    return id is not None and bool(network.peerings.of(network.vpcs.by_id(id, origin)))


def _found(cidr: Written[Cidr], origin: Origin, at: Span, what: str) -> Iterator[HostBits]:
    fate = _fate(origin) if _has_host_bits(cidr) else None
    if fate is not None and isinstance(cidr, Known):
        yield HostBits(fate, cidr, origin, at, what)


def _fate(origin: Origin) -> Fate | None:
    """What becomes of a block in a resource; ``None`` for the resources of other providers."""
    if origin.language is Language.CLOUDFORMATION:
        return Fate.TAKEN
    resource = _RESOURCE.search(origin.address)
    if resource is None:
        return None
    if resource[1] == "aws_network_acl_rule":
        return Fate.REPLACED
    return Fate.TAKEN if resource[1].startswith("awscc_") else Fate.REFUSED
