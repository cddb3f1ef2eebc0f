"""Security groups and network ACLs.

Their rules stand at the place of the group or ACL: no finding points at a single one.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.inventory.collect import Seen
from peerlint.inventory.lift.item import Context, cidr, origin
from peerlint.inventory.records import AclRecord, EntryRecord, GroupPair, GroupRecord, PermissionRecord, RuleRecord
from peerlint.network.model import (
    AclEntry,
    CidrPeer,
    Direction,
    Entity,
    GroupPeer,
    NetworkAcl,
    Permission,
    PermissionPeer,
    Place,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
)
from peerlint.network.values import Known, Span, Value


def groups(context: Context) -> Iterator[Entity]:
    """The groups of ``describe-security-groups`` with their rules."""
    for seen in context.inventory.of(GroupRecord).values():
        record, at = seen.record, seen.item.at("GroupId")
        place = context.places.of(record.vpc_id or record.group_id)
        yield SecurityGroup(
            origin(record.group_id, at),
            Known(record.group_id, at),
            None if record.vpc_id is None else Known(record.vpc_id, at),
            place,
            is_default=record.group_name == "default",
            name=None if record.group_name is None else Known(record.group_name, at),
        )
        for permission in record.ip_permissions:
            yield _permission(record, Direction.INGRESS, permission, at, place)
        for permission in record.ip_permissions_egress:
            yield _permission(record, Direction.EGRESS, permission, at, place)


def _permission(
    group: GroupRecord, direction: Direction, permission: PermissionRecord, at: Span, place: Place
) -> Permission:
    return Permission(
        origin(group.group_id, at),
        Known(group.group_id, at),
        direction,
        Known(permission.ip_protocol.lower(), at),
        _number(permission.from_port, at),
        _number(permission.to_port, at),
        tuple(_peers(group, permission, at)),
        place,
        inline=True,
    )


def _peers(group: GroupRecord, permission: PermissionRecord, at: Span) -> Iterator[PermissionPeer]:
    yield from (CidrPeer(cidr(four.cidr_ip, at), at) for four in permission.ip_ranges)
    yield from (CidrPeer(cidr(six.cidr_ipv6, at), at) for six in permission.ipv6_ranges)
    yield from (PrefixListPeer(Known(one.prefix_list_id, at), at) for one in permission.prefix_list_ids)
    for pair in permission.user_id_group_pairs:
        yield from _pair(pair, group.group_id, group.owner_id, at)


def _pair(pair: GroupPair, own: str, owner: str | None, at: Span) -> Iterator[PermissionPeer]:
    if pair.group_id == own:
        yield SelfPeer(at)
    elif pair.group_id is not None:
        account = Known(pair.user_id, at) if pair.user_id is not None and pair.user_id != owner else None
        yield GroupPeer(Known(pair.group_id, at), at, account)


def rules(context: Context) -> Iterator[Entity]:
    """The rules of ``describe-security-group-rules``, of groups that are not described with theirs."""
    groups = context.inventory.of(GroupRecord)
    for seen in context.inventory.of(RuleRecord).values():
        if seen.record.group_id not in groups:
            yield _rule(context, seen)


def _rule(context: Context, seen: Seen[RuleRecord]) -> Permission:
    record, at = seen.record, seen.item.at("SecurityGroupRuleId")
    cidrs = (text for text in (record.cidr_ipv4, record.cidr_ipv6) if text is not None)
    peers: list[PermissionPeer] = [CidrPeer(cidr(text, at), at) for text in cidrs]
    if record.prefix_list_id is not None:
        peers.append(PrefixListPeer(Known(record.prefix_list_id, at), at))
    if record.referenced_group_info is not None:
        peers += _pair(record.referenced_group_info, record.group_id, None, at)
    return Permission(
        origin(record.security_group_rule_id, at),
        Known(record.group_id, at),
        Direction.EGRESS if record.is_egress else Direction.INGRESS,
        Known(record.ip_protocol.lower(), at),
        _number(record.from_port, at),
        _number(record.to_port, at),
        tuple(peers),
        context.places.of(record.group_id),
    )


def _number(value: int | None, at: Span) -> Value[int]:
    return None if value is None else Known(value, at)


def acls(context: Context) -> Iterator[Entity]:
    """The ACLs of ``describe-network-acls`` with their entries and subnets."""
    for seen in context.inventory.of(AclRecord).values():
        record, at = seen.record, seen.item.at("NetworkAclId")
        id = Known(record.network_acl_id, at)
        yield NetworkAcl(
            origin(record.network_acl_id, at),
            id,
            Known(record.vpc_id, at),
            tuple(Known(association.subnet_id, at) for association in record.associations),
            is_default=record.is_default,
        )
        for entry in record.entries:
            yield from _entry(id, entry, at)


def _entry(acl: Known[str], entry: EntryRecord, at: Span) -> Iterator[AclEntry]:
    text = entry.cidr_block or entry.ipv6_cidr_block
    if text is None:
        return
    ports, icmp = entry.port_range, entry.icmp_type_code
    yield AclEntry(
        origin(f"entry {entry.rule_number} of {acl.value}", at),
        acl,
        Direction.EGRESS if entry.egress else Direction.INGRESS,
        Known(entry.rule_number, at),
        Known(entry.rule_action == "allow", at),
        Known(entry.protocol, at),
        cidr(text, at),
        from_port=_number(ports.first if ports else None, at),
        to_port=_number(ports.last if ports else None, at),
        icmp_type=_number(icmp.type if icmp else None, at),
        icmp_code=_number(icmp.code if icmp else None, at),
    )
