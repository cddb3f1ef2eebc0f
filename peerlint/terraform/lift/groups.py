"""Security groups and their rules, inline and stand-alone."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import (
    CidrPeer,
    Direction,
    Entity,
    GroupPeer,
    GroupVpcAssociation,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
    directions,
)
from peerlint.network.values import Known, Span, Unknown, Value, Written
from peerlint.records import replace
from peerlint.terraform.lift.reader import Reader

PROTOCOLS = {"all": "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
"""The names of protocols that have ports or types, and of all of them, as the provider takes them."""


def security_group(reader: Reader) -> Iterator[Entity]:
    """``aws_security_group``."""
    vpc = reader.text("vpc_id")
    yield SecurityGroup(reader.origin, reader.id, vpc, reader.place, name=reader.text("name"))
    yield from _inline(reader, reader.id)


def default_security_group(reader: Reader) -> Iterator[Entity]:
    """``aws_default_security_group``."""
    yield SecurityGroup(reader.origin, reader.id, reader.text("vpc_id"), reader.place, is_default=True)
    yield from _inline(reader, reader.id)


def _inline(reader: Reader, group: Written[str]) -> Iterator[Entity]:
    for direction in Direction:
        for block in reader.blocks(direction.value):
            yield _permission(block, group, direction, tuple(_listed(block)), inline=True)


def security_group_rule(reader: Reader) -> Iterator[Entity]:
    """``aws_security_group_rule``."""
    group, peers = reader.needed("security_group_id"), tuple(_listed(reader))
    for origin, direction in directions(reader.origin, _direction(reader)):
        yield replace(_permission(reader, group, direction, peers), origin=origin)


def _direction(reader: Reader) -> Direction | Unknown:
    kind = reader.needed("type")
    if isinstance(kind, Unknown):
        return kind
    return Direction.EGRESS if kind.value == "egress" else Direction.INGRESS


def ingress_rule(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_security_group_ingress_rule``."""
    yield _single(reader, Direction.INGRESS)


def egress_rule(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_security_group_egress_rule``."""
    yield _single(reader, Direction.EGRESS)


def _permission(
    reader: Reader,
    group: Written[str],
    direction: Direction,
    peers: tuple[PermissionPeer, ...],
    inline: bool = False,
) -> Permission:
    protocol = protocol_of(reader.text("protocol"))
    everything = isinstance(protocol, Known) and protocol.value == "-1"
    first = None if everything else reader.port("from_port")
    last = None if everything else reader.port("to_port")
    return Permission(reader.origin, group, direction, protocol, first, last, peers, reader.place, inline)


def protocol_of(value: Value[str]) -> Written[str]:
    """The protocol in the model's notation; all where it is not written."""
    if value is None:
        return Known("-1")
    if isinstance(value, Unknown):
        return value
    lower = value.value.lower()
    return value.read_as(PROTOCOLS.get(lower, lower))


def _listed(reader: Reader) -> Iterator[PermissionPeer]:
    """The peers of a rule that takes lists of them."""
    for name in ("cidr_blocks", "ipv6_cidr_blocks"):
        whole = reader.is_whole(name)
        if whole is not None:
            yield UnknownPeers(whole, reader.at(name))
            continue
        for item in reader.items(name):
            yield CidrPeer(reader.as_cidr(name, item), _here(item, reader, name))
    for item in reader.items("prefix_list_ids"):
        yield PrefixListPeer(item, _here(item, reader, "prefix_list_ids"))
    for name in ("security_groups", "source_security_group_id"):
        for item in reader.items(name):
            yield _group(item, reader, name)
    own = reader.flag("self")
    if isinstance(own, Known) and own.value:
        yield SelfPeer(reader.at("self"))


def _single(reader: Reader, direction: Direction) -> Permission:
    """A rule of the newer resources, which take one peer each and name ports and protocol differently."""
    peers: list[PermissionPeer] = []
    for name in ("cidr_ipv4", "cidr_ipv6"):
        value = reader.text(name)
        if value is not None:
            peers.append(CidrPeer(reader.as_cidr(name, value), reader.at(name)))
    listed = reader.text("prefix_list_id")
    if listed is not None:
        peers.append(PrefixListPeer(listed, reader.at("prefix_list_id")))
    group = reader.text("referenced_security_group_id")
    if group is not None:
        peers.append(_group(group, reader, "referenced_security_group_id"))
    protocol = protocol_of(reader.text("ip_protocol"))
    everything = isinstance(protocol, Known) and protocol.value == "-1"
    first = None if everything else reader.port("from_port")
    last = None if everything else reader.port("to_port")
    owner = reader.needed("security_group_id")
    return Permission(reader.origin, owner, direction, protocol, first, last, tuple(peers), reader.place)


def _group(value: Written[str], reader: Reader, name: str) -> GroupPeer:
    """A group reference; another account's is written ``123456789012/sg-…``."""
    account, group = _split(value)
    return GroupPeer(group, _here(value, reader, name), account)


def _split(value: Written[str]) -> tuple[Value[str], Written[str]]:
    """The account that a reference names, where it does, and the group."""
    match value:
        case Known(value=text) if "/" in text:
            account, _, group = text.partition("/")
            return value.read_as(account), value.read_as(group)
        case Unknown(parts=(Known(value=text), Unknown() as of_group)) if text.endswith("/"):
            return Known(text[:-1]), of_group
        case Unknown(parts=(Unknown() as of_account, Known(value="/"), Unknown() as of_group)):
            return of_account, of_group
        case Unknown(parts=(Unknown() as of_account, Known(value=text))) if text.startswith("/"):
            return of_account, Known(text[1:])
        case _:
            return None, value


def _here(value: Written[str], reader: Reader, name: str) -> Span:
    """Where an item stands: its own place where that is inside the argument, else the argument's."""
    at = reader.at(name)
    return value.at if value.at is not None and at.has_line_of(value.at) else at


def group_vpc_association(reader: Reader) -> Iterator[Entity]:
    """``aws_vpc_security_group_vpc_association``."""
    yield GroupVpcAssociation(reader.origin, reader.needed("security_group_id"), reader.needed("vpc_id"))
