"""Security groups of the awscc provider and their rules."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    CidrPeer,
    Direction,
    Entity,
    GroupPeer,
    GroupVpcAssociation,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
)
from peerlint.network.values import Known, Unknown, Why, Written, same
from peerlint.records import replace
from peerlint.terraform.lift.groups import protocol_of
from peerlint.terraform.lift.reader import Reader

SIDE = {Direction.INGRESS: "source", Direction.EGRESS: "destination"}
ANYWHERE = (Cidr(4, 0, 0, "0.0.0.0/0"), Cidr(6, 0, 0, "::/0"))


def security_group(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_security_group`` with its inline rules.

    The rule that AWS gives every new group, to let everything out, stays unless the group lists egress rules of its own
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html).
    """
    id = reader.id
    yield SecurityGroup(reader.origin, id, reader.text("vpc_id"), reader.place, name=reader.text("group_name"))
    for direction in Direction:
        found = [
            replace(_permission(block, id, direction), inline=True)
            for block in reader.blocks(f"security_group_{direction.value}")
        ]
        yield from found
        if direction is Direction.EGRESS:
            yield from _default_egress(reader, id, found)


def _default_egress(reader: Reader, id: Written[str], egress: list[Permission]) -> Iterator[Permission]:
    """The rule that stays where the group lists none; it may stay where it is unknown whether it lists any."""
    if any(rule.origin.presence == reader.presence for rule in egress):
        return
    origin = replace(reader.origin, presence=egress[0].origin.presence) if egress else reader.origin
    peers = tuple(CidrPeer(Known(block, reader.span), reader.span) for block in ANYWHERE)
    yield Permission(origin, id, Direction.EGRESS, Known("-1"), None, None, peers, reader.place, inline=True)


def ingress_rule(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_security_group_ingress``; a group of a default VPC may be given by its name."""
    named = Unknown(Why.LOOKUP, "group_name", reader.at("group_name"))
    yield _permission(reader, reader.text("group_id") or named, Direction.INGRESS)


def egress_rule(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_security_group_egress``."""
    yield _permission(reader, reader.needed("group_id"), Direction.EGRESS)


def _permission(reader: Reader, group: Written[str], direction: Direction) -> Permission:
    protocol = protocol_of(reader.text("ip_protocol"))
    everything = protocol == Known("-1")
    first = None if everything else reader.port("from_port")
    last = None if everything else reader.port("to_port")
    peers = tuple(_peers(reader, group, SIDE[direction]))
    return Permission(reader.origin, group, direction, protocol, first, last, peers, reader.place)


def _peers(reader: Reader, group: Written[str], side: str) -> Iterator[PermissionPeer]:
    for name in ("cidr_ip", "cidr_ipv_6"):
        cidr = reader.cidr(name)
        if cidr is not None:
            yield CidrPeer(cidr, reader.at(name))
    listed = reader.text(f"{side}_prefix_list_id")
    if listed is not None:
        yield PrefixListPeer(listed, reader.at(f"{side}_prefix_list_id"))
    peer = reader.text(f"{side}_security_group_id")
    at = reader.at(f"{side}_security_group_id")
    if peer is not None and same(peer, group) is True:
        yield SelfPeer(at)
    elif peer is not None:
        yield GroupPeer(peer, at, reader.text(f"{side}_security_group_owner_id"))
    elif reader.written(f"{side}_security_group_name"):
        at = reader.at(f"{side}_security_group_name")
        yield UnknownPeers(Unknown(Why.LOOKUP, f"{side}_security_group_name", at), at)


def vpc_association(reader: Reader) -> Iterator[Entity]:
    """``awscc_ec2_security_group_vpc_association``."""
    yield GroupVpcAssociation(reader.origin, reader.needed("group_id"), reader.needed("vpc_id"))
