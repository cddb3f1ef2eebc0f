"""Whether the security groups of two peered VPCs together let any packet pass."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from peerlint.network.filtering.admission import admission
from peerlint.network.filtering.services import Services, union
from peerlint.network.lookups.peerings import End
from peerlint.network.model import Direction, Peering, SecurityGroup, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.routing.sides import SIDES
from peerlint.network.values import Maybe, first_doubt


class Gate(Struct, frozen=True):
    """What the groups of an end together admit from the other end, and let out to it."""

    end: End
    groups: tuple[SecurityGroup, ...]
    admits: Services
    lets_out: Services


class _Sum(Struct, frozen=True):
    """What some groups certainly and possibly let pass in one direction."""

    certain: Services
    possible: Services
    doubt: Maybe | None


def isolated(network: Network, peering: Peering) -> tuple[Gate, Gate] | Maybe | None:
    """The two ends of a peering whose groups let no packet pass in either direction, requester first.

    ``None`` where they do, where an end has no group in the input beside its default one, or where groups of an end may
    be declared elsewhere; undecided where rules that are not told decide. A default group counts where the input
    declares or uses it.
    """
    if unroutable(network, peering):
        return None
    ends = network.peerings.ends(peering)
    members = [network.groups.of(end.vpc) for end in ends]
    presence = peering.origin.presence
    groups = [tuple(g for g in found if not g.origin.presence.excludes(presence)) for found in members]
    lent = {id(group) for group in groups[0]} & {id(group) for group in groups[1]}
    if lent or any(found.open for found in members) or not all(_has_own(found, peering) for found in groups):
        return None
    near, far = ends
    out = [_sum(network, peering, own, Direction.EGRESS, end.vpc) for own, end in zip(groups, (far, near), strict=True)]
    into = [
        _sum(network, peering, own, Direction.INGRESS, end.vpc) for own, end in zip(groups, (far, near), strict=True)
    ]
    if any(out[n].possible & into[1 - n].possible for n in range(len(SIDES))):
        passes = any(out[n].certain & into[1 - n].certain for n in range(len(SIDES)))
        return None if passes else first_doubt(*(each.doubt for each in (*out, *into)))
    gates = [Gate(end, own, i.possible, o.possible) for end, own, i, o in zip(ends, groups, into, out, strict=True)]
    return gates[0], gates[1]


def _has_own(groups: Iterable[SecurityGroup], peering: Peering) -> bool:
    """Whether there certainly is a group that is not its VPC's default one."""
    own = (group for group in groups if not group.is_default and not group.origin.observed)
    return any(implied(group.origin.presence, peering.origin.presence) is None for group in own)


def _sum(network: Network, peering: Peering, groups: Iterable[SecurityGroup], direction: Direction, peer: Vpc) -> _Sum:
    certain: list[Services] = []
    possible: list[Services] = []
    doubts: list[Maybe | None] = []
    for group in groups:
        found = admission(network, group, direction, peer, peering.origin.presence)
        exists = implied(group.origin.presence, peering.origin.presence)
        possible.append(found.possible)
        certain += [found.certain] if exists is None else []
        doubts += [found.doubt, exists if found.possible else None]
    return _Sum(union(certain), union(possible), first_doubt(*doubts))
