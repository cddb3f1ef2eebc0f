"""The entities of the network, as the front ends lift them out of code.

Every reference to another entity is the *value* of an id: ``Known("vpc-0abc")`` for a literal, ``Unknown`` with an
identity for ``aws_vpc.a.id``. :mod:`peerlint.network.link` resolves them. An argument that is not written is ``None``.
"""

from __future__ import annotations

from peerlint.network.model.deployed import Deployed, Signature
from peerlint.network.model.deployment import Deployment
from peerlint.network.model.entity import Entity, is_of_peering
from peerlint.network.model.fragment import Basis, Directive, Fragment, Gap, Kind, Problem, ProblemKind, Waiver
from peerlint.network.model.gateway import Gateway, GatewayKind
from peerlint.network.model.lookup import Findable, Lookup, Properties, Sought
from peerlint.network.model.order import UNTOLD, Order, Untold
from peerlint.network.model.origin import CERTAIN, NO_ARGUMENTS, Language, Origin, Place, Presence
from peerlint.network.model.peering import Accepter, DnsOption, Peering, PeeringOptions, Shown, Side, TagEntries, Tags
from peerlint.network.model.prefix_list import PrefixList, PrefixListEntry
from peerlint.network.model.provider import ProviderVersions, RetiredArgument
from peerlint.network.model.routing import (
    CidrDestination,
    Destination,
    GatewayAssociation,
    GatewayPropagation,
    Listing,
    MainAssociation,
    PrefixListDestination,
    Route,
    RouteTable,
    SubnetAssociation,
    Target,
    TargetKind,
)
from peerlint.network.model.security import (
    AclAssociation,
    AclEntry,
    CidrPeer,
    Direction,
    GroupPeer,
    GroupVpcAssociation,
    NetworkAcl,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
    directions,
)
from peerlint.network.model.state import KeptState, StateLocation, StateReading
from peerlint.network.model.store import Published, Reading, Store
from peerlint.network.model.vpc import Block, BlockAssociation, BlockKind, Subnet, Vpc
from peerlint.network.model.zone import HostedZone, ZoneAssociation

__all__ = [
    "CERTAIN",
    "NO_ARGUMENTS",
    "UNTOLD",
    "Accepter",
    "AclAssociation",
    "AclEntry",
    "Basis",
    "Block",
    "BlockAssociation",
    "BlockKind",
    "CidrDestination",
    "CidrPeer",
    "Deployed",
    "Deployment",
    "Destination",
    "Direction",
    "Directive",
    "DnsOption",
    "Entity",
    "Findable",
    "Fragment",
    "Gap",
    "Gateway",
    "GatewayAssociation",
    "GatewayKind",
    "GatewayPropagation",
    "GroupPeer",
    "GroupVpcAssociation",
    "HostedZone",
    "KeptState",
    "Kind",
    "Language",
    "Listing",
    "Lookup",
    "MainAssociation",
    "NetworkAcl",
    "Order",
    "Origin",
    "Peering",
    "PeeringOptions",
    "Permission",
    "PermissionPeer",
    "Place",
    "PrefixList",
    "PrefixListDestination",
    "PrefixListEntry",
    "PrefixListPeer",
    "Presence",
    "Problem",
    "ProblemKind",
    "Properties",
    "ProviderVersions",
    "Published",
    "Reading",
    "RetiredArgument",
    "Route",
    "RouteTable",
    "SecurityGroup",
    "SelfPeer",
    "Shown",
    "Side",
    "Signature",
    "Sought",
    "StateLocation",
    "StateReading",
    "Store",
    "Subnet",
    "SubnetAssociation",
    "TagEntries",
    "Tags",
    "Target",
    "TargetKind",
    "UnknownPeers",
    "Untold",
    "Vpc",
    "Waiver",
    "ZoneAssociation",
    "directions",
    "is_of_peering",
]
