"""What the AWS CLI prints of each kind of thing: the members that are used, by their names in the EC2 API.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html; members that are not named here are passed over.
"""

from __future__ import annotations

from typing import TypeAlias

from peerlint.inventory.records.peerings import (
    End,
    PeerBlock,
    PeeringRecord,
    PeerIpv6Block,
    PeerOptions,
    Status,
)
from peerlint.inventory.records.routing import (
    ListEntry,
    ListRecord,
    Propagation,
    RouteRecord,
    TableAssociation,
    TableRecord,
)
from peerlint.inventory.records.security import (
    AclRecord,
    AclSubnet,
    EntryRecord,
    GroupPair,
    GroupRecord,
    IcmpTypeCode,
    Ipv6Range,
    ListedPrefixes,
    PermissionRecord,
    PortRange,
    Range,
    RuleRecord,
)
from peerlint.inventory.records.vpcs import (
    Association,
    AttributeRecord,
    BlockState,
    Flag,
    Ipv6Association,
    SubnetRecord,
    Tag,
    VpcRecord,
)

__all__ = [
    "COMMANDS",
    "ENTRIES",
    "READ",
    "AclRecord",
    "AclSubnet",
    "Association",
    "AttributeRecord",
    "BlockState",
    "End",
    "EntryRecord",
    "Flag",
    "GroupPair",
    "GroupRecord",
    "IcmpTypeCode",
    "Ipv6Association",
    "Ipv6Range",
    "ListEntry",
    "ListRecord",
    "ListedPrefixes",
    "PeerBlock",
    "PeerIpv6Block",
    "PeerOptions",
    "PeeringRecord",
    "PermissionRecord",
    "PortRange",
    "Propagation",
    "Range",
    "Record",
    "RouteRecord",
    "RuleRecord",
    "Status",
    "SubnetRecord",
    "TableAssociation",
    "TableRecord",
    "Tag",
    "VpcRecord",
]

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
