"""Everything that a stack can declare."""

from __future__ import annotations

from typing import TypeAlias

from peerlint.network.model.gateway import Gateway
from peerlint.network.model.peering import Accepter, Peering, PeeringOptions
from peerlint.network.model.prefix_list import PrefixList, PrefixListEntry
from peerlint.network.model.routing import (
    GatewayAssociation,
    GatewayPropagation,
    MainAssociation,
    Route,
    RouteTable,
    SubnetAssociation,
    TargetKind,
)
from peerlint.network.model.security import (
    AclAssociation,
    AclEntry,
    GroupVpcAssociation,
    NetworkAcl,
    Permission,
    SecurityGroup,
)
from peerlint.network.model.vpc import BlockAssociation, Subnet, Vpc
from peerlint.network.model.zone import HostedZone, ZoneAssociation

Entity: TypeAlias = (
    Vpc
    | BlockAssociation
    | Subnet
    | RouteTable
    | SubnetAssociation
    | GatewayAssociation
    | GatewayPropagation
    | MainAssociation
    | Route
    | Peering
    | Accepter
    | PeeringOptions
    | PrefixList
    | PrefixListEntry
    | SecurityGroup
    | Permission
    | NetworkAcl
    | AclAssociation
    | AclEntry
    | HostedZone
    | ZoneAssociation
    | Gateway
    | GroupVpcAssociation
)


def is_of_peering(entity: Entity) -> bool:
    """Whether an entity is part of a peering: the connection, its acceptance, its options, or a route over one."""
    match entity:
        case Peering() | Accepter() | PeeringOptions():
            return True
        case Route(target=target):
            return target.kind is TargetKind.PEERING
        case _:
            return False
