"""Security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.inventory.collect import Seen
from peerlint.inventory.documents import Item
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
        for member, direction, permissions in (
            ("IpPermissions", Direction.INGRESS, record.ip_permissions),
            ("IpPermissionsEgress", Direction.EGRESS, record.ip_permissions_egress),
        ):
            for permission, item in zip(permissions, seen.item.under(member), strict=True):
                yield _permission(record, direction, permission, item, place)


def _permission(
    group: GroupRecord, direction: Direction, permission: PermissionRecord, item: Item, place: Place
) -> Permission:
    at = item.at("IpProtocol")
    return Permission(
        origin(group.group_id, at),
        Known(group.group_id, at),
        direction,
        Known(permission.ip_protocol.lower(), at),
        _number(permission.from_port, at),
        _number(permission.to_port, at),
        tuple(_peers(group, permission, item)),
        place,
        inline=True,
    )


def _peers(group: GroupRecord, permission: PermissionRecord, item: Item) -> Iterator[PermissionPeer]:
    fours, sixes = item.at("IpRanges"), item.at("Ipv6Ranges")
    yield from (CidrPeer(cidr(four.cidr_ip, fours), fours) for four in permission.ip_ranges)
    yield from (CidrPeer(cidr(six.cidr_ipv6, sixes), sixes) for six in permission.ipv6_ranges)
    at = item.at("PrefixListIds")
    yield from (PrefixListPeer(Known(one.prefix_list_id, at), at) for one in permission.prefix_list_ids)
    for pair in permission.user_id_group_pairs:
        yield from _pair(pair, group.group_id, group.owner_id, item.at("UserIdGroupPairs"))


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
    peers: list[PermissionPeer] = []
    for member, text in (("CidrIpv4", record.cidr_ipv4), ("CidrIpv6", record.cidr_ipv6)):
        if text is not None:
            peers.append(CidrPeer(cidr(text, seen.item.at(member)), seen.item.at(member)))
    if record.prefix_list_id is not None:
        where = seen.item.at("PrefixListId")
        peers.append(PrefixListPeer(Known(record.prefix_list_id, where), where))
    if record.referenced_group_info is not None:
        peers += _pair(record.referenced_group_info, record.group_id, None, seen.item.at("ReferencedGroupInfo"))
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
        for entry, item in zip(record.entries, seen.item.under("Entries"), strict=True):
            yield from _entry(id, entry, item)


def _entry(acl: Known[str], entry: EntryRecord, item: Item) -> Iterator[AclEntry]:
    text, member = (entry.cidr_block, "CidrBlock") if entry.cidr_block else (entry.ipv6_cidr_block, "Ipv6CidrBlock")
    if text is None:
        return
    at = item.at("RuleNumber")
    ports, icmp = entry.port_range, entry.icmp_type_code
    yield AclEntry(
        origin(f"entry {entry.rule_number} of {acl.value}", at),
        acl,
        Direction.EGRESS if entry.egress else Direction.INGRESS,
        Known(entry.rule_number, at),
        Known(entry.rule_action == "allow", item.at("RuleAction")),
        Known(entry.protocol, item.at("Protocol")),
        cidr(text, item.at(member)),
        from_port=_number(ports.first if ports else None, at),
        to_port=_number(ports.last if ports else None, at),
        icmp_type=_number(icmp.type if icmp else None, at),
        icmp_code=_number(icmp.code if icmp else None, at),
    )
