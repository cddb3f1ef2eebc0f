"""Which ingress of a peered VPC's security groups is wider than its peerings need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.filtering.permissions import (
    WORLD,
    Addresses,
    Inside,
    Ports,
    Source,
    Unread,
    ports_of,
    sources,
    whole_world,
)
from peerlint.network.filtering.surroundings import Neighbour, Surroundings, surroundings
from peerlint.network.filtering.vicinity import Vicinities
from peerlint.network.handles import handle
from peerlint.network.model import Direction, Permission, Vpc
from peerlint.network.network import Network
from peerlint.network.values import Maybe, Span

SMALLEST_BLOCK = {4: 28, 6: 60}
"""The longest prefix of a VPC's block (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html)."""


class Shape(Enum):
    """The three ways of being too wide, the widest first."""

    WORLD = "every address"
    SUPERNET = "more than the peers' blocks"
    EVERY_PORT = "every port from a peer"


class Accusation(Struct, frozen=True):
    """A source that is too wide in a way; ``peers`` are those whose blocks it contains, or that have every port."""

    shape: Shape
    source: Addresses | Inside
    peers: tuple[Neighbour, ...] = ()


class Wide(Struct, frozen=True):
    """A permission that is too wide; the accusations of the widest shape come first."""

    permission: Permission
    around: Surroundings
    ports: Ports
    accusations: tuple[Accusation, ...]


class Open(Struct, frozen=True):
    """A permission of which it is undecided whether it is too wide."""

    permission: Permission
    around: Surroundings
    reason: str

    @property
    def at(self) -> Span:
        """The place of its first source, else of its block."""
        return self.permission.peers[0].at if self.permission.peers else self.permission.origin.span


def exposures(network: Network) -> Iterator[Wide | Open]:
    """Every ingress permission of a group in a peered VPC that is too wide, or may be; at most one for each.

    ICMP counts only where every type is admitted from everywhere: it has no ports, and single types are what ping and
    path MTU discovery need. Protocols without ports and types (ESP, GRE, …) never count.
    """
    by_group: dict[object, list[Permission]] = defaultdict(list)
    for permission in network.declared(Permission):
        if permission.direction is Direction.INGRESS:
            by_group[handle(permission.group) or permission.origin].append(permission)
    for permissions in by_group.values():
        yield from _judge(network, permissions)


class _Where(Struct, frozen=True):
    """Where a group stands, and the blocks around it by IP version."""

    around: Surroundings
    blocks: Mapping[int, Vicinities]


def _where(network: Network, permission: Permission) -> _Where | None:
    around = surroundings(network, permission)
    return None if around is None else _Where(around, {v: Vicinities(network, around, v) for v in WORLD})


def _judge(network: Network, permissions: Sequence[Permission]) -> Iterator[Wide | Open]:
    alike = {(p.origin.presence, p.origin.stack): p for p in permissions}
    wheres = {key: _where(network, permission) for key, permission in alike.items()}
    if all(where is None for where in wheres.values()):
        return
    worlds = _worlds(network, permissions)
    spoken_for = {source for world in worlds for source in world}
    for permission, world in zip(permissions, worlds, strict=True):
        where = wheres[permission.origin.presence, permission.origin.stack]
        if where is None:
            continue
        around = where.around
        ports = ports_of(permission)
        assumed = Ports("-1", 0, 0) if isinstance(ports, Maybe) else ports
        verdicts: list[Accusation | Maybe | None] = []
        if not assumed.within(network.settings.public_ports) and _counts(assumed, Shape.WORLD):
            verdicts += [Accusation(Shape.WORLD, source) for source in world]
        if _counts(assumed, Shape.SUPERNET):
            rest = [s for s in sources(network, permission) if s not in spoken_for]
            verdicts += [_verdict(network, source, assumed, where) for source in rest]
        accusations = [v for shape in Shape for v in verdicts if isinstance(v, Accusation) and v.shape is shape]
        doubts = [v for v in verdicts if isinstance(v, Maybe)]
        barrier = _barrier(permission, around, ports)
        if accusations and isinstance(ports, Ports) and barrier is None:
            yield Wide(permission, around, ports, tuple(accusations))
        elif accusations and barrier is not None:
            yield Open(permission, around, barrier.reason)
        elif doubts:
            yield Open(permission, around, (barrier if barrier is not None else doubts[0]).reason)


def _counts(ports: Ports, shape: Shape) -> bool:
    """Whether a protocol is judged at all for a shape."""
    return ports.protocol == "-1" or ports.has_ports or (shape is Shape.WORLD and ports.every_type)


def _barrier(permission: Permission, around: Surroundings, ports: Ports | Maybe) -> Maybe | None:
    """Why nothing can be claimed of a permission, whatever its sources."""
    doubt = permission.origin.presence.doubt
    if doubt is not None:
        return Maybe(doubt)
    return ports if isinstance(ports, Maybe) else around.doubt


def _worlds(network: Network, permissions: Sequence[Permission]) -> list[tuple[Addresses, ...]]:
    """For each permission the sources that are the whole world, alone or with those of its siblings.

    A world that several permissions of the same ports make up is that of the first of them.
    """
    found = [[s for s in sources(network, p) if isinstance(s, Addresses)] for p in permissions]
    worlds = [tuple(s for version in WORLD for s in whole_world(own, version)) for own in found]
    siblings: dict[Ports, list[int]] = defaultdict(list)
    for index, permission in enumerate(permissions):
        ports = ports_of(permission)
        if isinstance(ports, Ports) and not worlds[index] and permission.origin.presence.doubt is None:
            siblings[ports].append(index)
    for indexes in siblings.values():
        for version in WORLD:
            parts = whole_world([s for index in indexes for s in found[index]], version)
            if parts:
                worlds[next(index for index in indexes if set(parts) & set(found[index]))] += parts
    return worlds


def _verdict(network: Network, source: Source, ports: Ports, where: _Where) -> Accusation | Maybe | None:
    match source:
        case Unread(reason=reason, is_narrow=is_narrow):
            return Maybe(reason) if ports.every_port or not is_narrow else None
        case Inside(vpc=vpc):
            return _every_port_from(network, source, vpc, where.around) if ports.every_port else None
        case Addresses(cidr=cidr):
            return _of_addresses(source, cidr, ports, where)


def _every_port_from(network: Network, source: Inside, vpc: Vpc, around: Surroundings) -> Accusation | Maybe | None:
    if around.own is None:
        return Maybe("the group's VPC is not known")
    if network.vpcs.same(vpc, around.own) is True:
        return None
    doubt: Maybe | None = None
    for neighbour in around.neighbours:
        truth = network.vpcs.same(vpc, neighbour.vpc)
        if truth is True:
            return Accusation(Shape.EVERY_PORT, source, (neighbour,))
        doubt = truth if isinstance(truth, Maybe) and vpc.outside and neighbour.vpc.outside else doubt
    return doubt


def _of_addresses(source: Addresses, cidr: Cidr, ports: Ports, where: _Where) -> Accusation | Maybe | None:
    near, around = where.blocks[cidr.version].of(cidr), where.around
    if near.at_home:
        return None
    contained = near.contained if around.own is not None else _both_ends(near.contained)
    if contained and not near.filled:
        doubt = near.may_be_filled
        return Accusation(Shape.SUPERNET, source, contained) if doubt is None else doubt
    if near.touched and around.own is None and (ports.every_port or not near.filled):
        return Maybe("the group's VPC is not known")
    if near.touched:
        return Accusation(Shape.EVERY_PORT, source, near.touched) if ports.every_port else None
    if near.filled or (cidr.prefix >= SMALLEST_BLOCK[cidr.version] and not ports.every_port):
        return None
    return near.unread_peer


def _both_ends(contained: tuple[Neighbour, ...]) -> tuple[Neighbour, ...]:
    """Those of peerings with both ends contained: whichever is the group's own VPC, the other is a peer."""
    return tuple(n for n in contained if any(m.peering is n.peering and m is not n for m in contained))
