"""What peerlint's model says of the resources of a template, as the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import assert_never

from peerlint.conditions import STATED
from peerlint.network.model import (
    AclAssociation,
    AclEntry,
    BlockAssociation,
    CidrDestination,
    CidrPeer,
    Entity,
    Fragment,
    GroupPeer,
    NetworkAcl,
    Peering,
    PeeringOptions,
    Permission,
    PrefixListEntry,
    PrefixListPeer,
    Published,
    Route,
    RouteTable,
    SecurityGroup,
    SelfPeer,
    Store,
    Subnet,
    SubnetAssociation,
    UnknownPeers,
    Vpc,
)
from peerlint.network.values import Known, Unknown, Value
from tests.oracle.cloudformation.described import Fact

_STORED = re.compile(r"\{\{resolve:ssm:([^:{}]+)\}\}")
_ELEMENT = re.compile(r'Fn::Select\("(\d+)", \$\{\{\{resolve:ssm:([^:{}]+)\}\}\}\)')
_NUMBERS = {"tcp": "6", "udp": "17", "icmp": "1", "icmpv6": "58"}


def modelled(fragments: Iterable[Fragment]) -> set[Fact]:
    """Every fact about the entities of fragments, of which each must certainly exist."""
    found = list(fragments)
    facts = {fact for fragment in found for entity in fragment.entities for fact in _facts(entity)}
    return facts | {fact for fragment in found for each in fragment.published for fact in _published(each)}


def text(value: Value[object], none: str = "*") -> str:
    """A value as facts show it: a reference by what it refers to, and anything else unknown by its reason."""
    match value:
        case None:
            return none
        case Known(value=known):
            return str(known)
        case Unknown(of=of) if of is not None:
            name = _name(of.stack, of.address)
            return name if of.attribute in ("", "id") else f"{name}.{of.attribute}"
        case Unknown():
            return f"unknown: {value.reason}"


def _name(stack: str, address: str) -> str:
    entry, element = _STORED.fullmatch(address), _ELEMENT.fullmatch(address)
    if entry is not None:
        return f"ssm:{entry[1]}"
    if element is not None:
        return f"ssm:{element[2]}[{element[1]}]"
    return f"{Path(stack.rpartition(STATED)[2]).stem}/{address}"


def _published(told: Published) -> Iterator[Fact]:
    match told.store:
        case Store.EXPORT:
            yield "export", text(told.place.region), told.name, text(told.value)
        case Store.PARAMETER:
            yield "parameter", text(told.place.region), told.name, text(told.value)
        case Store.OUTPUT:
            return
        case _:
            assert_never(told.store)


def _facts(entity: Entity) -> Iterator[Fact]:
    name = _name(entity.origin.stack, entity.origin.address)
    if entity.origin.presence.doubt is not None:
        yield "doubt", name, entity.origin.presence.doubt
    match entity:
        case Vpc() if not entity.outside:
            yield from (("block", name, text(block.cidr)) for block in entity.blocks)
            yield "enableDnsSupport", name, text(entity.dns_support)
            yield "enableDnsHostnames", name, text(entity.dns_hostnames)
            if entity.name is not None:
                yield "name", name, text(entity.name)
        case BlockAssociation():
            yield "block", text(entity.vpc), text(entity.block.cidr)
        case Subnet():
            yield "subnet", name, text(entity.vpc), text(entity.blocks[0].cidr)
        case RouteTable():
            yield "table", name, text(entity.vpc)
        case SubnetAssociation():
            yield "association", text(entity.table), text(entity.subnet)
        case Route(destination=to):
            where = text(to.cidr if isinstance(to, CidrDestination) else to.id)
            yield "route", text(entity.table), where, entity.target.kind.value, text(entity.target.id)
        case SecurityGroup() if not entity.is_default:
            yield "group", name, text(entity.vpc)
        case Permission() if not _is_of_default(entity, entity.group):
            yield from _permission(entity)
        case NetworkAcl() if not entity.is_default:
            yield "acl", name, text(entity.vpc)
        case AclAssociation():
            yield "acl association", text(entity.acl), text(entity.subnet)
        case AclEntry() if not _is_of_default(entity, entity.acl):
            yield "entry", text(entity.acl), *_entry(entity)
        case Peering():
            yield "peering", name, text(entity.vpc), text(entity.peer_vpc)
            yield "peer Region", name, text(entity.peer_region or entity.place.region)
            yield "peer account", name, text(entity.peer_owner or entity.place.account)
        case PeeringOptions():
            for option in entity.dns:
                if option.value != Known(False):
                    yield "DNS", text(entity.peering), option.side.value, *_unknown(option.value)
        case PrefixListEntry():
            yield "prefix", text(entity.list), text(entity.cidr)
        case _:
            pass


def _unknown(value: Value[object]) -> Sequence[str]:
    return (text(value),) if isinstance(value, Unknown) else ()


def _is_of_default(entity: Permission | AclEntry, of: Value[str]) -> bool:
    """Whether something is what AWS puts into a default group or ACL: it is told with the VPC."""
    return (
        isinstance(of, Unknown)
        and of.of is not None
        and of.of.address == entity.origin.address
        and of.of.attribute != "id"
    )


def _permission(rule: Permission) -> Iterator[Fact]:
    protocol = "*" if rule.protocol == Known("-1") else text(rule.protocol)
    for peer in rule.peers:
        yield "permission", text(rule.group), rule.direction.value, protocol, *_ports(rule), _peer(rule, peer)


def _ports(rule: Permission) -> Sequence[str]:
    return text(rule.from_port), text(rule.to_port)


def _peer(rule: Permission, peer: CidrPeer | GroupPeer | PrefixListPeer | SelfPeer | UnknownPeers) -> str:
    match peer:
        case CidrPeer(cidr=cidr):
            return text(cidr)
        case GroupPeer(group=group):
            return text(group)
        case PrefixListPeer(list=prefix_list):
            return text(prefix_list)
        case SelfPeer():
            return text(rule.group)
        case UnknownPeers(value=value):
            return text(value)
        case _:
            assert_never(peer)


def _entry(entry: AclEntry) -> Fact:
    protocol = text(entry.protocol)
    return (
        entry.direction.value,
        text(entry.number),
        "allow" if entry.allow == Known(True) else "deny",
        "*" if protocol == "-1" else _NUMBERS.get(protocol, protocol),
        text(entry.cidr),
        text(entry.from_port),
        text(entry.to_port),
        text(entry.icmp_type),
        text(entry.icmp_code),
    )
