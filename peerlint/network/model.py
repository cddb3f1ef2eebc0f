"""The entities of the network, as the front ends lift them out of code.

Every reference to another entity is the *value* of an id: ``Known("vpc-0abc")`` for a literal, ``Unknown`` with an
identity for ``aws_vpc.a.id``. :mod:`peerlint.network.link` resolves them. An argument that is not written is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias

from peerlint.network.cidr import Cidr
from peerlint.network.values import Identity, Span, Unknown, Value, Written


class Language(Enum):
    """What a stack is written in."""

    TERRAFORM = "Terraform"
    CLOUDFORMATION = "CloudFormation"


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a resource exists.

    ``doubt`` says why it is uncertain, and is ``None`` for one that certainly exists. ``guards`` are the undecided
    conditions it stands under, each with the answer it needs: two resources that need opposite answers exclude each
    other. ``many`` marks one instance that stands for an unknown number of them.
    """

    doubt: str | None = None
    guards: frozenset[tuple[str, bool]] = frozenset()
    many: bool = False

    def excludes(self, other: Presence) -> bool:
        """Whether the two can never exist together."""
        return any((name, not answer) in other.guards for name, answer in self.guards)


CERTAIN = Presence()
NO_ARGUMENTS: Mapping[str, Span] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entity is declared.

    ``address`` is what its author calls it (``module.net.aws_vpc.main["eu"]``, ``VpcA``); ``span`` is the header of its
    block; ``arguments`` holds the place of each argument, nested ones dotted
    (``accepter.allow_remote_vpc_dns_resolution``); ``calls`` are the module calls it came through, outermost first.
    """

    stack: str
    address: str
    span: Span
    language: Language
    arguments: Mapping[str, Span] = field(default_factory=lambda: NO_ARGUMENTS, compare=False)
    presence: Presence = CERTAIN
    calls: tuple[Span, ...] = ()

    def at(self, argument: str) -> Span:
        """The place of an argument, or of the block's header where it is not written."""
        return self.arguments.get(argument, self.span)


@dataclass(frozen=True, slots=True)
class Place:
    """Region and account a resource lives in.

    An unknown Region or account carries the identity of the provider configuration (or of the template's pseudo
    parameter), so that it equals itself.
    """

    region: Written[str]
    account: Written[str]


class BlockKind(Enum):
    """Where a VPC's block comes from."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    AMAZON = "Amazon-provided"
    IPAM = "IPAM"


@dataclass(frozen=True, slots=True)
class Block:
    """One address block of a VPC or subnet. ``pool`` is the IPAM pool it was allocated from."""

    cidr: Written[Cidr]
    version: int
    kind: BlockKind
    at: Span
    pool: Value[str] = None


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC: declared, or *outside* (a look-up, a literal id, a variable, another provider's network).

    The defaults of the DNS attributes are the front end's to fill in for a declared VPC (support true, hostnames
    false); for an outside one they are unknown. ``owner`` names a third party (MongoDB Atlas, HCP, …). ``complete``
    tells that the blocks of an outside one are all stated.
    """

    origin: Origin
    id: Written[str]
    blocks: tuple[Block, ...]
    dns_support: Written[bool]
    dns_hostnames: Written[bool]
    place: Place
    outside: bool = False
    is_default: bool = False
    name: Value[str] = None
    owner: str | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class BlockAssociation:
    """A secondary block that a resource of its own adds to a VPC."""

    origin: Origin
    vpc: Written[str]
    block: Block


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet, declared or outside."""

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    blocks: tuple[Block, ...]
    zone: Value[str] = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class RouteTable:
    """A route table. ``is_default`` is the one that AWS makes with the VPC; ``outside`` ones may hold unseen routes."""

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    place: Place
    is_default: bool = False
    is_main: bool = False
    outside: bool = False
    propagating_gateways: tuple[Written[str], ...] = ()


@dataclass(frozen=True, slots=True)
class SubnetAssociation:
    """A subnet's explicit route table."""

    origin: Origin
    table: Written[str]
    subnet: Written[str]


@dataclass(frozen=True, slots=True)
class GatewayAssociation:
    """A gateway's (edge) route table."""

    origin: Origin
    table: Written[str]
    gateway: Written[str]


@dataclass(frozen=True, slots=True)
class MainAssociation:
    """A VPC's main route table, set by ``aws_main_route_table_association``."""

    origin: Origin
    table: Written[str]
    vpc: Written[str]


class TargetKind(Enum):
    """Every kind of target a route can have."""

    PEERING = "VPC peering connection"
    INTERNET = "internet gateway"
    EGRESS_ONLY = "egress-only internet gateway"
    NAT = "NAT gateway"
    VPN = "virtual private gateway"
    TRANSIT = "transit gateway"
    INTERFACE = "network interface"
    INSTANCE = "instance"
    ENDPOINT = "VPC endpoint"
    LOCAL = "local"
    CARRIER = "carrier gateway"
    CORE_NETWORK = "core network"
    LOCAL_GATEWAY = "local gateway"
    UNKNOWN = "unknown target"


@dataclass(frozen=True, slots=True)
class Target:
    """What a route sends to; ``argument`` is the argument that named it."""

    kind: TargetKind
    id: Written[str]
    argument: str


@dataclass(frozen=True, slots=True)
class CidrDestination:
    """A route's destination block. ``version`` is 4 or 6 by the argument used."""

    cidr: Written[Cidr]
    version: int


@dataclass(frozen=True, slots=True)
class PrefixListDestination:
    """A route's destination prefix list."""

    id: Written[str]


Destination: TypeAlias = CidrDestination | PrefixListDestination


@dataclass(frozen=True, slots=True)
class Route:
    """One route of a table. ``inline`` ones are written in the table's own block."""

    origin: Origin
    table: Written[str]
    destination: Destination
    target: Target
    place: Place
    inline: bool = False


class Side(Enum):
    """The two ends of a peering."""

    REQUESTER = "requester"
    ACCEPTER = "accepter"

    @property
    def other(self) -> Side:
        """The far end."""
        return Side.ACCEPTER if self is Side.REQUESTER else Side.REQUESTER


@dataclass(frozen=True, slots=True)
class DnsOption:
    """``allow_remote_vpc_dns_resolution`` of one side, where something sets it."""

    side: Side
    value: Written[bool]
    at: Span


@dataclass(frozen=True, slots=True)
class Peering:
    """A peering connection request.

    ``place`` is the requester's. ``peer_owner``, ``peer_region`` and ``auto_accept`` are ``None`` where not written
    (own account, own Region, false). ``peer_role`` is CloudFormation's PeerRoleArn. ``third_party`` names the service
    that made the request, or receives it, outside AWS code. ``outside`` ones are looked up, not declared.
    """

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    peer_vpc: Written[str]
    place: Place
    peer_owner: Value[str] = None
    peer_region: Value[str] = None
    auto_accept: Value[bool] = None
    peer_role: Value[str] = None
    dns: tuple[DnsOption, ...] = ()
    third_party: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Accepter:
    """``aws_vpc_peering_connection_accepter``: the accepter's side adopting a request."""

    origin: Origin
    peering: Written[str]
    place: Place
    auto_accept: Value[bool] = None
    dns: tuple[DnsOption, ...] = ()


@dataclass(frozen=True, slots=True)
class PeeringOptions:
    """``aws_vpc_peering_connection_options``, or a custom resource that calls ModifyVpcPeeringConnectionOptions."""

    origin: Origin
    peering: Written[str]
    place: Place
    dns: tuple[DnsOption, ...] = ()


@dataclass(frozen=True, slots=True)
class PrefixListEntry:
    """One block of a prefix list."""

    origin: Origin
    list: Written[str]
    cidr: Written[Cidr]


@dataclass(frozen=True, slots=True)
class PrefixList:
    """A prefix list; ``aws_owned`` ones are those of AWS services (S3, DynamoDB, …)."""

    origin: Origin
    id: Written[str]
    max_entries: Value[int] = None
    aws_owned: bool = False
    outside: bool = False


class Direction(Enum):
    """Which way a permission or entry works."""

    INGRESS = "ingress"
    EGRESS = "egress"


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A security group. ``vpc`` is ``None`` where none is written (the Region's default VPC)."""

    origin: Origin
    id: Written[str]
    vpc: Value[str]
    place: Place
    is_default: bool = False
    outside: bool = False
    name: Value[str] = None


@dataclass(frozen=True, slots=True)
class CidrPeer:
    """A permission's address block."""

    cidr: Written[Cidr]
    at: Span


@dataclass(frozen=True, slots=True)
class GroupPeer:
    """A permission's security group; ``account`` is the owner where the reference names one."""

    group: Written[str]
    at: Span
    account: Value[str] = None


@dataclass(frozen=True, slots=True)
class PrefixListPeer:
    """A permission's prefix list."""

    list: Written[str]
    at: Span


@dataclass(frozen=True, slots=True)
class SelfPeer:
    """The group itself."""

    at: Span


@dataclass(frozen=True, slots=True)
class UnknownPeers:
    """A collection of peers that is unknown as a whole."""

    value: Unknown
    at: Span


PermissionPeer: TypeAlias = CidrPeer | GroupPeer | PrefixListPeer | SelfPeer | UnknownPeers


@dataclass(frozen=True, slots=True)
class Permission:
    """One rule of a security group.

    ``protocol`` is lower case (``tcp``, ``udp``, ``icmp``, ``icmpv6``, a number, or ``-1`` for all); with all protocols
    the ports are ``None``. For ICMP the ports are type and code.
    """

    origin: Origin
    group: Written[str]
    direction: Direction
    protocol: Written[str]
    from_port: Value[int]
    to_port: Value[int]
    peers: tuple[PermissionPeer, ...]
    place: Place
    inline: bool = False


@dataclass(frozen=True, slots=True)
class NetworkAcl:
    """A network ACL; ``subnets`` are those its own block names."""

    origin: Origin
    id: Written[str]
    vpc: Written[str]
    subnets: tuple[Written[str], ...] = ()
    is_default: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class AclAssociation:
    """A subnet's network ACL, set by a resource of its own."""

    origin: Origin
    acl: Written[str]
    subnet: Written[str]


@dataclass(frozen=True, slots=True)
class AclEntry:
    """One entry of a network ACL; ports are ``None`` for all ports."""

    origin: Origin
    acl: Written[str]
    direction: Direction
    number: Written[int]
    allow: Written[bool]
    protocol: Written[str]
    cidr: Written[Cidr]
    from_port: Value[int] = None
    to_port: Value[int] = None
    icmp_type: Value[int] = None
    icmp_code: Value[int] = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class HostedZone:
    """A private hosted zone and the VPCs its own block names."""

    origin: Origin
    id: Written[str]
    name: Value[str]
    vpcs: tuple[Written[str], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class ZoneAssociation:
    """A private zone's association with a VPC, or (``authorization``) the permission for one."""

    origin: Origin
    zone: Written[str]
    vpc: Written[str]
    authorization: bool = False


class GatewayKind(Enum):
    """The ways out of a VPC that a peering cannot lend to its peer."""

    INTERNET = "internet gateway"
    EGRESS_ONLY = "egress-only internet gateway"
    NAT = "NAT gateway"
    VPN = "virtual private gateway"
    DIRECT_CONNECT = "Direct Connect gateway association"
    GATEWAY_ENDPOINT = "gateway endpoint"
    INTERFACE_ENDPOINT = "interface endpoint"
    TRANSIT_ATTACHMENT = "transit gateway attachment"
    CUSTOMER_ROUTE = "VPN connection route"


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway of a VPC. ``cidrs`` are on-premises blocks it leads to; ``prefix_list`` is a gateway endpoint's.

    A NAT gateway names its ``subnet``, from which its VPC follows. ``group_references`` is a transit gateway
    attachment's security-group referencing support. ``through`` is the gateway that a VPN connection ends at, from
    which its VPC follows; a VPN connection's route has the connection's ``id``.
    """

    origin: Origin
    kind: GatewayKind
    id: Written[str]
    vpc: Value[str]
    subnet: Value[str] = None
    cidrs: tuple[Written[Cidr], ...] = ()
    prefix_list: Value[str] = None
    tables: tuple[Written[str], ...] = ()
    group_references: Value[bool] = None
    through: Value[str] = None


@dataclass(frozen=True, slots=True)
class GroupVpcAssociation:
    """A security group made usable in another VPC of its Region."""

    origin: Origin
    group: Written[str]
    vpc: Written[str]


Entity: TypeAlias = (
    Vpc
    | BlockAssociation
    | Subnet
    | RouteTable
    | SubnetAssociation
    | GatewayAssociation
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


class Kind(Enum):
    """The kinds of thing a gap may hide."""

    BLOCK = "address blocks"
    SUBNET = "subnets"
    ROUTE = "routes"
    ASSOCIATION = "route table associations"
    ACCEPTER = "accepters"
    DNS_OPTION = "DNS options"
    PERMISSION = "security group rules"
    ANY = "resources"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not read and may declare more.

    ``kinds`` are what it may declare. ``touches`` are the ids it was given (or that were exported): only the sets of
    those things are open. ``touches=None`` opens the sets of its whole stack.
    """

    stack: str
    kinds: frozenset[Kind]
    reason: str
    at: Span
    touches: frozenset[Written[str]] | None = None


class ProblemKind(Enum):
    """The rule that reports a problem of the input."""

    UNREADABLE_INPUT = "PL901"
    INVALID_VALUE = "PL902"
    UNRESOLVED_MODULE = "PL903"
    UNRESOLVED_REFERENCE = "PL905"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the input itself, found while reading it.

    With a ``question`` it is no defect: the message is why that question stays undecided.
    """

    kind: ProblemKind
    message: str
    at: Span
    address: str = ""
    notes: tuple[tuple[str, Span], ...] = ()
    remedy: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A suppression that is data and not a comment (``Metadata: {peerlint: {ignore: […]}}``), for a whole block."""

    rules: tuple[str, ...]
    at: Span
    extent: Span


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one stack declares.

    ``provides`` gives values to identities that other stacks look up (an export by its name, an output of a state).
    ``files`` are all that were read; ``extents`` are the whole ranges of their top-level blocks or resources.
    """

    stack: str
    language: Language
    entities: tuple[Entity, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    provides: Mapping[Identity, Written[object]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    extents: tuple[Span, ...] = ()
    waivers: tuple[Waiver, ...] = ()
