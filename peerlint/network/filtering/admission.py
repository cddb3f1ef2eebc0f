"""What security groups admit from a VPC, and what they let out to it: services, in three values.

A group lets pass what any of its rules allows, and nothing else; a network interface has what all its groups together
let pass. Answers to what is let pass one way need no rule the other way
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from peerlint.network.filtering.services import EVERYTHING, Named, Services, named, union
from peerlint.network.lookups.by_vpc import ByVpc
from peerlint.network.members import Members
from peerlint.network.model import (
    CERTAIN,
    CidrPeer,
    Direction,
    GroupPeer,
    Permission,
    PermissionPeer,
    PrefixListPeer,
    Presence,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, shares
from peerlint.network.routing.towards import Towards
from peerlint.network.values import Known, Maybe, Truth, Unknown, Written, all_of, any_of, first_doubt, unless
from peerlint.records import replace


class Admission(Struct, frozen=True):
    """What passes between a group and a VPC in one direction: ``certain`` does, what is not in ``possible`` does not.

    ``doubt`` says why the two differ, and is ``None`` where they do not. ``rules`` are those that certainly let
    something pass, each with the services.
    """

    certain: Services
    possible: Services
    doubt: Maybe | None
    rules: tuple[tuple[Permission, Services], ...] = ()


def admission(
    network: Network, group: SecurityGroup, direction: Direction, peer: Vpc, given: Presence = CERTAIN
) -> Admission:
    """What a group admits from the addresses and groups of a VPC, or lets out to them, where something else exists:
    the peering of the two, which a rule may share its conditions with.
    """
    own = group.origin.presence
    both = replace(own, guards=own.guards | given.guards)
    permissions = network.groups.permissions(group)
    least: list[tuple[Permission, Services]] = []
    most: list[Services] = []
    doubts: list[Maybe | None] = list(permissions.open[:1])
    for permission in possible_rules(network, group, peer):
        if permission.direction is not direction or permission.origin.presence.excludes(both):
            continue
        exists = unless(implied(permission.origin.presence, both))
        truth = all_of((concerns(network, permission, peer), exists))
        if truth is False:
            continue
        services = services_of(permission)
        most.append(services.most)
        doubts += [truth if isinstance(truth, Maybe) else None, services.doubt]
        if truth is True and services.least:
            least.append((permission, services.least))
    certain, possible = union(services for _, services in least), union(most)
    if permissions.open:
        possible = EVERYTHING
    return Admission(certain, possible, first_doubt(*doubts) if certain != possible else None, tuple(least))


def possible_rules(network: Network, group: SecurityGroup, vpc: Vpc) -> list[Permission]:
    """The rules of a group among which are all that may have to do with a VPC, in their order."""
    return _rules(network, group).possible(vpc)


class _Rules:
    """The rules of a group by what they have to do with."""

    def __init__(self, network: Network, permissions: Sequence[Permission]) -> None:
        numbered = [(permission, peer) for permission in permissions for peer in permission.peers]
        self._order = {id(permission): number for number, permission in enumerate(permissions)}
        self._by_group = ByVpc((permission, _vpcs_of(network, peer)) for permission, peer in numbered)
        self._by_address = Towards(network, ((rule, _prefixes(network, peer)) for rule, peer in numbered))

    def possible(self, vpc: Vpc) -> list[Permission]:
        found = {id(rule): rule for rule in (*self._by_group.may_be_of(vpc), *self._by_address.possible(vpc))}
        return sorted(found.values(), key=lambda rule: self._order[id(rule)])


@remembered
def _rules(network: Network, group: SecurityGroup) -> _Rules:
    return _Rules(network, network.groups.permissions(group).items)


def _vpcs_of(network: Network, peer: PermissionPeer) -> tuple[Vpc, ...]:
    """The VPC of the group that a rule names, where it does and that is told."""
    group = network.groups.by_id(peer.group) if isinstance(peer, GroupPeer) else None
    return () if group is None or group.vpc is None else (network.vpcs.by_id(group.vpc, group.origin),)


def _prefixes(network: Network, peer: PermissionPeer) -> Members[Prefix]:
    """The addresses that a rule names; open for what is, or may be, of a VPC that is not told."""
    match peer:
        case CidrPeer(cidr=cidr):
            return Members((Prefix(cidr, cidr.value.version if isinstance(cidr, Known) else None),))
        case GroupPeer():
            return Members((), () if _vpcs_of(network, peer) else (Maybe("its VPC is not told"),))
        case SelfPeer():
            return Members(())
        case PrefixListPeer() | UnknownPeers():
            return Members((), (Maybe("its addresses are not told"),))


def services_of(permission: Permission) -> Named:
    """The services that a rule names. Without ports a rule of TCP or UDP is one that AWS refuses, or of all ports."""
    return named(permission.protocol, permission.from_port, permission.to_port)


def concerns(network: Network, permission: Permission, vpc: Vpc) -> Truth:
    """Whether any peer of a rule has to do with a VPC: shares addresses with it, or is a group of it.

    An interface of that VPC may have any of its groups together with the one that is named.
    """
    return any_of(truth for peer in permission.peers for truth in _concerns(network, peer, vpc))


def _concerns(network: Network, peer: PermissionPeer, vpc: Vpc) -> Iterator[Truth]:
    match peer:
        case CidrPeer(cidr=cidr):
            version = cidr.value.version if isinstance(cidr, Known) else None
            yield shares(network, Prefix(cidr, version), vpc)
        case GroupPeer(group=id):
            group = network.groups.by_id(id)
            if group is None or group.vpc is None:
                yield Maybe(id.reason if isinstance(id, Unknown) else f"the VPC of {id.value} is not known")
            else:
                yield network.vpcs.same(network.vpcs.by_id(group.vpc, group.origin), vpc)
        case PrefixListPeer(list=id):
            yield from _listed(network, id, vpc)
        case UnknownPeers(value=value):
            yield Maybe(value.reason)
        case SelfPeer():
            yield False


def _listed(network: Network, id: Written[str], vpc: Vpc) -> Iterator[Truth]:
    """Whether a prefix list has to do with a VPC; those of AWS services hold addresses of none."""
    found = network.prefix_lists.by_id(id)
    if found is not None and found.aws_owned:
        return
    entries = network.prefix_lists.entries(id)
    for entry in entries:
        version = entry.cidr.value.version if isinstance(entry.cidr, Known) else None
        yield shares(network, Prefix(entry.cidr, version, entry), vpc)
    yield from entries.open
