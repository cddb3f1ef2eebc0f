"""Security groups and their rules."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.cloudformation.lift import read
from peerlint.cloudformation.lift.item import Item, Stack
from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    CidrPeer,
    Direction,
    Entity,
    GroupPeer,
    GroupVpcAssociation,
    Kind,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    Presence,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
)
from peerlint.network.values import Known, Span, Unknown, Value, Why, Written, same
from peerlint.records import replace

_SIDE = {Direction.INGRESS: "Source", Direction.EGRESS: "Destination"}
_PORTS = (-1, 65535)


def groups(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::SecurityGroup`` with its inline rules.

    The rule that AWS gives every new group, to let everything out, stays unless the group lists egress rules of its own
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html).
    """
    for item in stack.of_type("AWS::EC2::SecurityGroup"):
        yield SecurityGroup(
            origin=item.origin,
            id=item.id,
            vpc=read.reference(item, "VpcId"),
            place=item.place,
            name=read.text(item, "GroupName"),
        )
        yield from _inline(item, "SecurityGroupIngress", Direction.INGRESS)
        egress = list(_inline(item, "SecurityGroupEgress", Direction.EGRESS))
        yield from egress
        if not any(isinstance(element, Unknown) for element in item.elements("SecurityGroupEgress")):
            yield from _default_egress(item, egress)


def permissions(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::SecurityGroupIngress`` and ``AWS::EC2::SecurityGroupEgress``."""
    for direction in Direction:
        for item in stack.of_type(f"AWS::EC2::SecurityGroup{direction.value.capitalize()}"):
            group = read.reference(item, "GroupId")
            if group is None:
                named = item.value("GroupName")
                of = named.of if isinstance(named, Unknown) else None
                group = Unknown(Why.LOOKUP, "GroupName", item.at("GroupName"), of)
            yield _permission(item, group, direction)


def vpc_associations(stack: Stack) -> Iterator[Entity]:
    """``AWS::EC2::SecurityGroupVpcAssociation``."""
    for item in stack.of_type("AWS::EC2::SecurityGroupVpcAssociation"):
        group = read.required(item, "GroupId", read.reference(item, "GroupId"))
        yield GroupVpcAssociation(item.origin, group, read.required(item, "VpcId", read.reference(item, "VpcId")))


def _default_egress(item: Item, egress: list[Permission]) -> Iterator[Permission]:
    """The rule that stays where the group lists none; it may stay where each of those is uncertain."""
    if not egress:
        yield everything(item, Direction.EGRESS)
    elif all(rule.origin.presence.doubt is not None and rule.origin.presence != item.presence for rule in egress):
        default = everything(item, Direction.EGRESS)
        presence = Presence(egress[0].origin.presence.doubt, item.presence.guards)
        yield replace(default, origin=replace(default.origin, presence=presence))


def everything(item: Item, direction: Direction) -> Permission:
    """A rule for all traffic to or from everywhere."""
    anywhere = (Cidr(4, 0, 0, "0.0.0.0/0"), Cidr(6, 0, 0, "::/0"))
    return Permission(
        origin=item.origin,
        group=item.id,
        direction=direction,
        protocol=Known("-1", item.span),
        from_port=None,
        to_port=None,
        peers=tuple(CidrPeer(Known(block, item.span), item.span) for block in anywhere),
        place=item.place,
        inline=True,
    )


def _inline(item: Item, name: str, direction: Direction) -> Iterator[Permission]:
    for element in item.elements(name):
        if isinstance(element, Unknown):
            item.stack.gap(Kind.PERMISSION, f"{name} of {item.name}: {element.reason}", item.at(name), item.id)
        else:
            yield replace(_permission(element, item.id, direction), inline=True)


def _permission(item: Item, group: Written[str], direction: Direction) -> Permission:
    protocol = read.protocol(item, "IpProtocol")
    from_port, to_port = read.integer(item, "FromPort", *_PORTS), read.integer(item, "ToPort", *_PORTS)
    if protocol == Known("-1"):
        from_port = to_port = None
    return Permission(
        origin=item.origin,
        group=group,
        direction=direction,
        protocol=protocol,
        from_port=from_port,
        to_port=to_port,
        peers=tuple(_peers(item, group, direction)),
        place=item.place,
    )


def _peers(item: Item, group: Written[str], direction: Direction) -> Iterator[PermissionPeer]:
    for name, version in (("CidrIp", 4), ("CidrIpv6", 6)):
        block = read.cidr(item, name, version)
        if block is not None:
            yield CidrPeer(block, item.at(name))
    side = _SIDE[direction]
    peer = read.reference(item, f"{side}SecurityGroupId")
    if peer is not None:
        account = read.reference(item, f"{side}SecurityGroupOwnerId")
        yield _group_peer(peer, group, item.at(f"{side}SecurityGroupId"), account)
    prefix_list = read.reference(item, f"{side}PrefixListId")
    if prefix_list is not None:
        yield PrefixListPeer(prefix_list, item.at(f"{side}PrefixListId"))
    named = item.node(f"{side}SecurityGroupName")
    if named is not None and peer is None:
        at = item.at(f"{side}SecurityGroupName")
        yield UnknownPeers(Unknown(Why.LOOKUP, f"{side}SecurityGroupName", at), at)


def _group_peer(peer: Written[str], group: Written[str], at: Span, account: Value[str]) -> PermissionPeer:
    return SelfPeer(at) if same(peer, group) is True else GroupPeer(peer, at, account)
