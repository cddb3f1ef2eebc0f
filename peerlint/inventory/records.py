"""What the AWS CLI prints of each kind of thing: the members that are used, by their names in the EC2 API.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html; members that are not named here are passed over.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

Id: TypeAlias = Annotated[str, Meta(min_length=1)]


class Tag(Struct, rename="pascal"):
    """A tag."""

    key: str
    value: str = ""


class BlockState(Struct, rename="pascal"):
    """Whether a block is associated: ``associated``, ``associating``, ``disassociated``, ``failed``, …."""

    state: str = ""


class Association(Struct, rename="pascal"):
    """An IPv4 block of a VPC."""

    cidr_block: str
    cidr_block_state: BlockState | None = None


class Ipv6Association(Struct, rename="pascal"):
    """An IPv6 block of a VPC or subnet. ``ipv6_pool`` is ``Amazon`` for one that Amazon provides."""

    ipv6_cidr_block: str
    ipv6_cidr_block_state: BlockState | None = None
    ipv6_pool: str | None = None


class VpcRecord(Struct, rename="pascal"):
    """A VPC of ``describe-vpcs``."""

    vpc_id: Id
    cidr_block: str | None = None
    cidr_block_association_set: list[Association] | None = None
    ipv6_cidr_block_association_set: list[Ipv6Association] | None = None
    is_default: bool = False
    owner_id: str | None = None
    tags: list[Tag] | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.vpc_id


class Flag(Struct, rename="pascal"):
    """A truth value that is an attribute of its own."""

    value: bool


class AttributeRecord(Struct, rename="pascal"):
    """The output of ``describe-vpc-attribute``, which has one attribute."""

    vpc_id: Id
    enable_dns_support: Flag | None = None
    enable_dns_hostnames: Flag | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.vpc_id} {self.attribute}"

    @property
    def attribute(self) -> str:
        """The attribute that it tells; empty for one that is not used."""
        if self.enable_dns_support is not None:
            return "EnableDnsSupport"
        return "" if self.enable_dns_hostnames is None else "EnableDnsHostnames"


class SubnetRecord(Struct, rename="pascal"):
    """A subnet of ``describe-subnets``."""

    subnet_id: Id
    vpc_id: Id
    cidr_block: str | None = None
    ipv6_cidr_block_association_set: list[Ipv6Association] | None = None
    availability_zone: str | None = None
    owner_id: str | None = None
    subnet_arn: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.subnet_id


class RouteRecord(Struct, rename="pascal"):
    """A route of a table; the target is the one member of its kind that is there."""

    destination_cidr_block: str | None = None
    destination_ipv6_cidr_block: str | None = None
    destination_prefix_list_id: str | None = None
    gateway_id: str | None = None
    vpc_peering_connection_id: str | None = None
    nat_gateway_id: str | None = None
    transit_gateway_id: str | None = None
    egress_only_internet_gateway_id: str | None = None
    network_interface_id: str | None = None
    instance_id: str | None = None
    carrier_gateway_id: str | None = None
    core_network_arn: str | None = None
    local_gateway_id: str | None = None
    state: str = "active"


class TableAssociation(Struct, rename="pascal"):
    """What a table is associated with: a subnet, a gateway, or (``main``) the VPC."""

    main: bool = False
    subnet_id: str | None = None
    gateway_id: str | None = None


class Propagation(Struct, rename="pascal"):
    """A virtual private gateway that propagates its routes into a table."""

    gateway_id: str


class TableRecord(Struct, rename="pascal"):
    """A route table of ``describe-route-tables``."""

    route_table_id: Id
    vpc_id: Id
    routes: list[RouteRecord] = []
    associations: list[TableAssociation] = []
    propagating_vgws: list[Propagation] = []
    owner_id: str | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.route_table_id


class PeerBlock(Struct, rename="pascal"):
    """An IPv4 block of a VPC at the end of a connection."""

    cidr_block: str


class PeerIpv6Block(Struct, rename="pascal"):
    """An IPv6 block of a VPC at the end of a connection."""

    ipv6_cidr_block: str


class PeerOptions(Struct, rename="pascal"):
    """The options of one side of a connection."""

    allow_dns_resolution_from_remote_vpc: bool | None = None


class End(Struct, rename="pascal"):
    """What one end of a connection tells of its VPC."""

    vpc_id: Id
    owner_id: str | None = None
    region: str | None = None
    cidr_block: str | None = None
    cidr_block_set: list[PeerBlock] | None = None
    ipv6_cidr_block_set: list[PeerIpv6Block] | None = None
    peering_options: PeerOptions | None = None


class Status(Struct, rename="pascal"):
    """The state of a connection."""

    code: str = ""


class PeeringRecord(Struct, rename="pascal"):
    """A connection of ``describe-vpc-peering-connections``."""

    vpc_peering_connection_id: Id
    requester_vpc_info: End
    accepter_vpc_info: End
    status: Status = msgspec.field(default_factory=Status)

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.vpc_peering_connection_id


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


class ListRecord(Struct, rename="pascal"):
    """A prefix list of ``describe-managed-prefix-lists``; ``describe-prefix-lists`` tells the blocks of AWS's own."""

    prefix_list_id: Id
    prefix_list_name: str = ""
    owner_id: str | None = None
    max_entries: int | None = None
    cidrs: list[str] | None = None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return self.prefix_list_id


class ListEntry(Struct, rename="pascal"):
    """An entry of ``get-managed-prefix-list-entries``, which does not tell the list."""

    cidr: str


Record: TypeAlias = (
    VpcRecord
    | AttributeRecord
    | SubnetRecord
    | TableRecord
    | PeeringRecord
    | GroupRecord
    | RuleRecord
    | AclRecord
    | ListRecord
)

COMMANDS: dict[str, tuple[str, type[Record]]] = {
    "Vpcs": ("describe-vpcs", VpcRecord),
    "Subnets": ("describe-subnets", SubnetRecord),
    "RouteTables": ("describe-route-tables", TableRecord),
    "VpcPeeringConnections": ("describe-vpc-peering-connections", PeeringRecord),
    "SecurityGroups": ("describe-security-groups", GroupRecord),
    "SecurityGroupRules": ("describe-security-group-rules", RuleRecord),
    "NetworkAcls": ("describe-network-acls", AclRecord),
    "PrefixLists": ("describe-managed-prefix-lists", ListRecord),
}
"""The commands whose output is a list of records, by the member that holds it."""

ENTRIES = "Entries"
"""The member of ``get-managed-prefix-list-entries``."""

READ = (*(name for name, _ in COMMANDS.values()), "describe-vpc-attribute", "get-managed-prefix-list-entries")
"""Every command that is read."""
