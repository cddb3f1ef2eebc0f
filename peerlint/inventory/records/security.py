"""Security groups and network ACLs."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from peerlint.inventory.records.ids import Id


class Range(Struct, rename="pascal"):
    """An IPv4 source of a permission."""

    cidr_ip: str


class Ipv6Range(Struct, rename="pascal"):
    """An IPv6 source of a permission."""

    cidr_ipv6: str


class ListedPrefixes(Struct, rename="pascal"):
    """A prefix list that a permission names."""

    prefix_list_id: str


class GroupPair(Struct, rename="pascal"):
    """A group that a permission names, and its account."""

    group_id: str | None = None
    user_id: str | None = None


class PermissionRecord(Struct, rename="pascal"):
    """A permission of a group."""

    ip_protocol: str
    from_port: int | None = None
    to_port: int | None = None
    ip_ranges: list[Range] = []
    ipv6_ranges: list[Ipv6Range] = []
    prefix_list_ids: list[ListedPrefixes] = []
    user_id_group_pairs: list[GroupPair] = []


class GroupRecord(Struct, rename="pascal"):
    """A group of ``describe-security-groups``."""

    group_id: Id
    group_name: str | None = None
    vpc_id: str | None = None
    owner_id: str | None = None
    security_group_arn: str | None = None
    ip_permissions: list[PermissionRecord] = []
    ip_permissions_egress: list[PermissionRecord] = []

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.group_id


class RuleRecord(Struct, rename="pascal"):
    """A rule of ``describe-security-group-rules``, which has one source or destination."""

    security_group_rule_id: Id
    group_id: Id
    ip_protocol: str
    is_egress: bool = False
    from_port: int | None = None
    to_port: int | None = None
    cidr_ipv4: str | None = None
    cidr_ipv6: str | None = None
    prefix_list_id: str | None = None
    referenced_group_info: GroupPair | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.security_group_rule_id


class PortRange(Struct, rename="pascal"):
    """The ports of an entry."""

    first: int | None = msgspec.field(default=None, name="From")
    last: int | None = msgspec.field(default=None, name="To")


class IcmpTypeCode(Struct, rename="pascal"):
    """The type and code of an entry for ICMP; -1 for all."""

    type: int | None = None
    code: int | None = None


class EntryRecord(Struct, rename="pascal"):
    """An entry of a network ACL."""

    rule_number: int
    rule_action: str
    egress: bool
    protocol: str
    cidr_block: str | None = None
    ipv6_cidr_block: str | None = None
    port_range: PortRange | None = None
    icmp_type_code: IcmpTypeCode | None = None


class AclSubnet(Struct, rename="pascal"):
    """A subnet that an ACL is associated with."""

    subnet_id: str


class AclRecord(Struct, rename="pascal"):
    """An ACL of ``describe-network-acls``."""

    network_acl_id: Id
    vpc_id: Id
    is_default: bool = False
    entries: list[EntryRecord] = []
    associations: list[AclSubnet] = []
    owner_id: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.network_acl_id
