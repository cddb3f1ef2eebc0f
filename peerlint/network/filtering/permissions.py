"""What security groups admit: the ports of a permission, and the addresses and VPCs that it names as sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.cidr import Cidr, covered
from peerlint.network.model import (
    CidrPeer,
    GroupPeer,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    SelfPeer,
    UnknownPeers,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Span, Unknown, Value, Written

WORLD = {4: Cidr(4, 0, 0), 6: Cidr(6, 0, 0)}

PROTOCOLS = {"all": "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}

LAST_PORT = 65535


class Ports(Struct, frozen=True):
    """What a permission admits of its protocol: ports of TCP and UDP, types of ICMP.

    ``protocol`` is ``tcp``, ``udp``, ``icmp``, ``icmpv6``, ``-1`` for every protocol, or a protocol's number; for
    protocols that have neither ports nor types, first and last are -1.
    """

    protocol: str
    first: int
    last: int

    @property
    def every_port(self) -> bool:
        """Whether every protocol, or every port of TCP or UDP (port 0 is never used), is admitted."""
        return self.protocol == "-1" or (self.has_ports and self.first <= 1 and self.last >= LAST_PORT)

    @property
    def every_type(self) -> bool:
        """Whether every type of ICMP is admitted."""
        return self.protocol in ("icmp", "icmpv6") and self.first == -1

    @property
    def has_ports(self) -> bool:
        """Whether the protocol is TCP or UDP."""
        return self.protocol in ("tcp", "udp")

    def within(self, ports: Collection[int]) -> bool:
        """Whether only these ports of TCP or UDP are admitted."""
        few = self.has_ports and self.last - self.first < len(ports)
        return few and all(port in ports for port in range(self.first, self.last + 1))

    def __str__(self) -> str:
        if self.protocol == "-1":
            return "every protocol and port"
        if not self.has_ports:
            return f"every type of {_name(self.protocol)}" if self.every_type else _name(self.protocol)
        if self.every_port:
            return f"every {_name(self.protocol)} port"
        if self.first == self.last:
            return f"{_name(self.protocol)} port {self.first}"
        return f"{_name(self.protocol)} ports {self.first} to {self.last}"


def _name(protocol: str) -> str:
    names = {"icmpv6": "ICMPv6"}
    return names.get(protocol, f"protocol {protocol}" if protocol.isdigit() else protocol.upper())


def ports_of(permission: Permission) -> Ports | Maybe:
    """The ports that a permission admits; undecided where its protocol or ports are unknown or missing.

    A protocol other than TCP, UDP and ICMP admits everything of it, whatever ports are written
    (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html).
    """
    if isinstance(permission.protocol, Unknown):
        return Maybe(permission.protocol.reason)
    protocol = PROTOCOLS.get(permission.protocol.value, permission.protocol.value)
    if protocol == "-1":
        return Ports(protocol, 0, LAST_PORT)
    if protocol not in ("tcp", "udp", "icmp", "icmpv6"):
        return Ports(protocol, -1, -1)
    first, last = _port(permission.from_port), _port(permission.to_port)
    if isinstance(first, Maybe):
        return first
    if isinstance(last, Maybe):
        return last
    return Ports(protocol, first, last)


def _port(value: Value[int]) -> int | Maybe:
    match value:
        case Known(value=port):
            return port
        case Unknown():
            return Maybe(value.reason)
        case None:
            return Maybe("its ports are not written")


class Addresses(Struct, frozen=True):
    """A source that is a block of addresses. ``entry`` is its place in the prefix list that the permission names,
    ``value`` the block as it is written.
    """

    cidr: Cidr
    at: Span
    entry: Span | None = None
    value: Known[Cidr] | None = None

    def __str__(self) -> str:
        return str(self.cidr)


class Inside(Struct, frozen=True):
    """A source that lies within a VPC, whatever its value: a block of the VPC or of a subnet, or a security group."""

    vpc: Vpc
    name: str
    at: Span

    def __str__(self) -> str:
        return self.name


class Unread(Struct, frozen=True):
    """A source that the input does not tell. ``is_narrow`` is one that contains no VPC: a group, one address."""

    reason: str
    at: Span
    is_narrow: bool = False


Source: TypeAlias = Addresses | Inside | Unread


def sources(network: Network, permission: Permission) -> tuple[Source, ...]:
    """Every source of a permission, prefix lists expanded.

    The group itself and the prefix lists of AWS services are left out: neither is another VPC, nor the world.
    """
    stack = permission.origin.stack
    return tuple(source for peer in permission.peers for source in _sources(network, peer, stack))


def _sources(network: Network, peer: PermissionPeer, stack: str) -> Iterator[Source]:
    match peer:
        case CidrPeer():
            yield _addresses(network, peer.cidr, peer.at)
        case GroupPeer():
            yield _group(network, peer, stack)
        case PrefixListPeer():
            yield from _entries(network, peer)
        case UnknownPeers():
            yield Unread(peer.value.reason, peer.at)
        case SelfPeer():
            return


def _addresses(network: Network, cidr: Written[Cidr], at: Span, entry: Span | None = None) -> Source:
    if isinstance(cidr, Known):
        return Addresses(cidr.value, at, entry, cidr)
    vpc = network.vpcs.of_cidr(cidr)
    return Inside(vpc, str(cidr.of), at) if vpc is not None else Unread(cidr.reason, at, _is_host(cidr))


def _is_host(cidr: Unknown) -> bool:
    """Whether an unknown block is certainly one address: `"${local.my_ip}/32"`."""
    return cidr.ending.endswith(("/32", "/128"))


def _group(network: Network, peer: GroupPeer, stack: str) -> Source:
    group = network.groups.by_id(peer.group)
    if group is None or group.vpc is None:
        reason = peer.group.reason if isinstance(peer.group, Unknown) else f"the VPC of {peer.group.value} is not known"
        return Unread(reason, peer.at, is_narrow=True)
    vpc = network.vpcs.by_id(group.vpc, group.origin)
    return Inside(network.vpcs.seen_from(vpc, stack), network.groups.name(group, stack), peer.at)


def _entries(network: Network, peer: PrefixListPeer) -> Iterator[Source]:
    found = network.prefix_lists.by_id(peer.list)
    if found is not None and found.aws_owned:
        return
    entries = network.prefix_lists.entries(peer.list)
    for entry in entries:
        if entry.origin.presence.doubt is not None:
            yield Unread(entry.origin.presence.doubt, peer.at)
        else:
            yield _addresses(network, entry.cidr, peer.at, entry.cidr.at or entry.origin.span)
    for reason in entries.open:
        yield Unread(reason.reason, peer.at)


def whole_world(found: Iterable[Addresses], version: int) -> tuple[Addresses, ...]:
    """The widest sources that together are every address of an IP version; empty where they are not.

    Finds a world that was split, such as 0.0.0.0/1 and 128.0.0.0/1.
    """
    chosen: list[Addresses] = []
    for source in sorted((s for s in found if s.cidr.version == version), key=lambda s: (s.cidr.prefix, s.cidr.first)):
        if not covered(source.cidr, (c.cidr for c in chosen)):
            chosen.append(source)
    return tuple(chosen) if covered(WORLD[version], (c.cidr for c in chosen)) else ()
