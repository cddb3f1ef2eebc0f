"""Generated estates as fragments of the model, as if their Terraform had been read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count

from benchmarks.estates.shapes import (
    Connection,
    Estate,
    Wrong,
    admitted,
    block,
    nowhere,
    premises,
    routed,
    subnet_block,
)
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.link import link
from peerlint.network.model import (
    AclEntry,
    Block,
    BlockKind,
    CidrDestination,
    CidrPeer,
    Direction,
    DnsOption,
    Entity,
    Fragment,
    Gateway,
    GatewayKind,
    GroupPeer,
    Language,
    NetworkAcl,
    Origin,
    Peering,
    Permission,
    PermissionPeer,
    Place,
    Route,
    RouteTable,
    SecurityGroup,
    Side,
    Subnet,
    SubnetAssociation,
    Target,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.order.drawn import Drawing
from peerlint.network.settings import Quotas, Settings
from peerlint.network.values import Identity, Known, Span, Truth, Unknown, Why, Written

SETTINGS = Settings(
    mesh_size=100_000,
    quotas=Quotas(peerings_per_vpc=100_000, routes_per_table=100_000, rules_per_group=100_000, rules_per_acl=100_000),
)
"""Nothing is said of how large an estate is: that is what is measured."""

TRANSIT = Known("tgw-0a1b2c3d4e5f60718")


class InOrder:
    """Everything waits for what it needs."""

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Always."""
        return later != earlier

    def drawing(self, addresses: Collection[str]) -> Drawing | None:
        """None: what is only measured is not exported."""
        return None


@dataclass
class _Stack:
    """A stack that is being written; every resource stands on three lines of its own."""

    name: str
    entities: list[Entity] = field(default_factory=list)
    _lines: count[int] = field(default_factory=lambda: count(1, 4))

    def origin(self, address: str) -> Origin:
        line = next(self._lines)
        return Origin(self.name, address, Span(f"/{self.name}/main.tf", line, 1, line, 60), Language.TERRAFORM)

    def value(self, address: str, attribute: str = "id") -> Unknown:
        text = f"{address}.{attribute}"
        return Unknown(Why.COMPUTED, text, of=Identity(self.name, address, attribute))

    @property
    def place(self) -> Place:
        account = Unknown(Why.COMPUTED, "account", of=Identity(self.name, "provider.aws", "account"))
        return Place(Known("eu-west-1"), account)


def fragments_of(estate: Estate) -> tuple[Fragment, ...]:
    """The fragments of an estate: one, or one for each VPC where they are apart."""
    if estate.apart:
        return tuple(_fragment(estate, f"v{vpc}", [vpc]) for vpc in range(estate.size))
    return (_fragment(estate, "estate", list(range(estate.size))),)


def network_of(estate: Estate) -> Network:
    """The network of an estate, with settings under which its size as such is nothing to report."""
    return link(fragments_of(estate), (), SETTINGS)


def _fragment(estate: Estate, name: str, vpcs: list[int]) -> Fragment:
    stack = _Stack(name)
    for vpc in vpcs:
        stack.entities += _vpc(estate, stack, vpc)
        for table in range(estate.scale.tables):
            stack.entities += _table(estate, stack, vpc, table)
        stack.entities += _group(estate, stack, vpc)
        stack.entities += _acl(estate, stack, vpc)
    for connection in () if estate.apart else estate.connections:
        stack.entities.append(_peering(stack, connection))
    return Fragment(name, Language.TERRAFORM, tuple(stack.entities), order=InOrder())


def cidr(text: str) -> Known[Cidr]:
    """A block as it is written."""
    found = parse_cidr(text)
    assert found is not None, text
    return Known(found)


def _block_of(estate: Estate, stack: _Stack, vpc: int) -> Written[Cidr]:
    return cidr(block(vpc)) if estate.scale.told else stack.value(f"aws_vpc.v{vpc}", "cidr_block")


def _vpc(estate: Estate, stack: _Stack, vpc: int) -> Iterator[Entity]:
    address, place = f"aws_vpc.v{vpc}", stack.place
    origin, id = stack.origin(address), stack.value(address)
    kind = BlockKind.PRIMARY if estate.scale.told else BlockKind.IPAM
    blocks = (Block(_block_of(estate, stack, vpc), 4, kind, origin.span, None if estate.scale.told else Known("pool")),)
    yield Vpc(origin, id, blocks, Known(True), Known(True), place)
    yield RouteTable(origin, stack.value(address, "main_route_table_id"), id, place, is_default=True)
    yield NetworkAcl(origin, stack.value(address, "default_network_acl_id"), id, is_default=True)
    yield SecurityGroup(origin, stack.value(address, "default_security_group_id"), id, place, is_default=True)
    for number in range(estate.scale.subnets):
        name = f"aws_subnet.v{vpc}_{number}"
        own = stack.origin(name)
        text = subnet_block(vpc, number)
        value = cidr(text) if estate.scale.told else stack.value(name, "cidr_block")
        yield Subnet(own, stack.value(name), id, (Block(value, 4, BlockKind.PRIMARY, own.span),))
    nat = f"aws_nat_gateway.v{vpc}"
    subnet = stack.value(f"aws_subnet.v{vpc}_0")
    yield Gateway(stack.origin(nat), GatewayKind.NAT, stack.value(nat), None, subnet=subnet)


def _table(estate: Estate, stack: _Stack, vpc: int, table: int) -> Iterator[Entity]:
    name = f"aws_route_table.v{vpc}_{table}"
    id = stack.value(name)
    yield RouteTable(stack.origin(name), id, stack.value(f"aws_vpc.v{vpc}"), stack.place)
    for subnet in range(table, estate.scale.subnets, estate.scale.tables):
        origin = stack.origin(f"aws_route_table_association.v{vpc}_{subnet}")
        yield SubnetAssociation(origin, id, stack.value(f"aws_subnet.v{vpc}_{subnet}"))
    made = 1
    for connection in routed(estate, vpc, table):
        target = Target(TargetKind.PEERING, _id(stack, connection), "vpc_peering_connection_id")
        to = _block_of(estate, stack, connection.far(vpc))
        yield _route(stack, f"v{vpc}_{table}_{connection.name}", id, to, target)
        made += 1
        if connection.wrong is Wrong.OUTSIDE and connection.requester == vpc:
            yield _route(stack, f"v{vpc}_{table}_{connection.name}_out", id, cidr(nowhere(connection)), target)
            made += 1
    nat = Target(TargetKind.NAT, stack.value(f"aws_nat_gateway.v{vpc}"), "nat_gateway_id")
    yield _route(stack, f"v{vpc}_{table}_nat", id, cidr("0.0.0.0/0"), nat)
    transit = Target(TargetKind.TRANSIT, TRANSIT, "transit_gateway_id")
    for number in range(estate.scale.routes - made):
        to = cidr(premises(number))
        yield _route(stack, f'v{vpc}_{table}_premises["{premises(number)}"]', id, to, transit)


def _route(stack: _Stack, name: str, table: Written[str], to: Written[Cidr], target: Target) -> Route:
    return Route(stack.origin(f"aws_route.{name}"), table, CidrDestination(to, 4), target, stack.place)


def _id(stack: _Stack, connection: Connection) -> Written[str]:
    return stack.value(f"aws_vpc_peering_connection.{connection.name}")


def _group(estate: Estate, stack: _Stack, vpc: int) -> Iterator[Entity]:
    name = f"aws_security_group.v{vpc}"
    id = stack.value(name)
    yield SecurityGroup(stack.origin(name), id, stack.value(f"aws_vpc.v{vpc}"), stack.place)
    for number, source in enumerate(admitted(estate, vpc)):
        origin = stack.origin(f"aws_vpc_security_group_ingress_rule.v{vpc}_{number}")
        peer: PermissionPeer = CidrPeer(cidr(subnet_block(source.peer, 0)), origin.span)
        if not estate.scale.told:
            peer = CidrPeer(stack.value(f"aws_subnet.v{source.peer}_0", "cidr_block"), origin.span)
        if source.by_group:
            peer = GroupPeer(stack.value(f"aws_security_group.v{source.peer}"), origin.span)
        yield _permission(stack, origin, id, Direction.INGRESS, "tcp", (source.port, source.port), peer)
    ping = stack.origin(f"aws_vpc_security_group_ingress_rule.v{vpc}_ping")
    yield _permission(stack, ping, id, Direction.INGRESS, "icmp", (8, 0), CidrPeer(cidr("10.0.0.0/8"), ping.span))
    out = stack.origin(f"aws_vpc_security_group_egress_rule.v{vpc}")
    yield _permission(stack, out, id, Direction.EGRESS, "-1", None, CidrPeer(cidr("0.0.0.0/0"), out.span))
    for connection in estate.of.get(vpc, ()):
        if connection.wrong is Wrong.WIDE and connection.accepter == vpc:
            wide = stack.origin(f"aws_vpc_security_group_ingress_rule.v{vpc}_{connection.name}")
            peer = CidrPeer(cidr("10.0.0.0/8"), wide.span)
            yield _permission(stack, wide, id, Direction.INGRESS, "tcp", (0, 65535), peer)


def _permission(
    stack: _Stack,
    origin: Origin,
    group: Written[str],
    direction: Direction,
    protocol: str,
    ports: tuple[int, int] | None,
    peer: PermissionPeer,
) -> Permission:
    first, last = (Known(port) for port in ports) if ports is not None else (None, None)
    return Permission(origin, group, direction, Known(protocol), first, last, (peer,), stack.place)


def _acl(estate: Estate, stack: _Stack, vpc: int) -> Iterator[Entity]:
    name = f"aws_network_acl.v{vpc}"
    subnets = tuple(stack.value(f"aws_subnet.v{vpc}_{number}") for number in range(estate.scale.subnets))
    yield NetworkAcl(stack.origin(name), stack.value(name), stack.value(f"aws_vpc.v{vpc}"), subnets)
    for direction in Direction:
        for number, allow, to in ENTRIES:
            origin = stack.origin(f"aws_network_acl_rule.v{vpc}_{direction.value}_{number}")
            yield AclEntry(
                origin, stack.value(name), direction, Known(number), Known(allow), Known("-1"), cidr(to), version=4
            )


ENTRIES = (
    *((90 + number, False, f"203.0.{113}.{16 * number}/28") for number in range(8)),
    (100, True, "10.0.0.0/8"),
    (110, True, "172.16.0.0/12"),
    (120, True, "0.0.0.0/0"),
)
"""The entries of every network ACL, in both directions: number, whether it allows, block."""


def _peering(stack: _Stack, connection: Connection) -> Peering:
    origin = stack.origin(f"aws_vpc_peering_connection.{connection.name}")
    requester, accepter = (stack.value(f"aws_vpc.v{number}") for number in (connection.requester, connection.accepter))
    options = [
        DnsOption(side, Known(connection.wrong is not Wrong.NAMES or side is Side.REQUESTER), origin.span)
        for side in Side
    ]
    accepts = None if connection.wrong is Wrong.PENDING else Known(True)
    id = _id(stack, connection)
    return Peering(origin, id, requester, accepter, stack.place, auto_accept=accepts, dns=tuple(options))
