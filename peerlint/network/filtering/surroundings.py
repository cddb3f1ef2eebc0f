"""Where a security group stands among the peerings: its VPC, and the VPCs that are peered with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from peerlint.network.lookups.by_vpc import ByVpc
from peerlint.network.model import Peering, Permission, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.remembered import remembered
from peerlint.network.values import Maybe, Unknown, Why


class Neighbour(Struct, frozen=True):
    """A peer of a VPC, and the peering that makes it one."""

    vpc: Vpc
    peering: Peering


class Surroundings(Struct, frozen=True):
    """The peers of a security group's VPC.

    ``group`` is what the group is called. ``own`` is its VPC, or ``None`` where it cannot be told: then ``neighbours``
    are both ends of every peering of its stack. ``doubtful`` are the peers by peerings that may not exist. ``doubt``
    says why it is undecided whether the VPC is peered at all.
    """

    group: str
    own: Vpc | None
    neighbours: tuple[Neighbour, ...]
    doubtful: tuple[Neighbour, ...] = ()
    doubt: Maybe | None = None


def surroundings(network: Network, permission: Permission) -> Surroundings | None:
    """The peers of the VPC of a permission's group; ``None`` where that VPC is an end of no peering."""
    group = network.groups.by_id(permission.group)
    name = network.groups.name(group, permission.origin.stack) if group is not None else permission.origin.address
    own = _vpc_of_group(network, permission)
    presence = permission.origin.presence
    found = _neighbours(network, own, permission) if own is not None else ()
    if own is not None and any(n.peering.certain_to_be for n in found):
        peerings = [n.peering for n in found]
        again = tuple(n for n in found if _may_be_declared(network, n.peering, peerings))
        return _surroundings(name, own, found, again)
    possible = [
        peering
        for peering in _declared(network, permission.origin.stack, own)
        if self_peered(network, peering) is not True
        and not peering.origin.presence.excludes(presence)
        and any(_may_be(network, end.vpc, own) for end in network.peerings.ends(peering))
    ]
    ends = tuple(
        Neighbour(network.vpcs.seen_from(end.vpc, permission.origin.stack), peering)
        for peering in possible
        for end in network.peerings.ends(peering)
    )
    if not ends:
        return None
    if own is None or own.outside:
        return _surroundings(name, None, ends)
    doubt = Maybe(f"{own.origin.name} may be an end of {ends[0].peering.origin.name}")
    return Surroundings(name, own, ends, (), doubt)


def _declared(network: Network, stack: str, own: Vpc | None) -> Sequence[Peering]:
    """The connections that a stack declares, among which are all that a VPC, where one is told, may be an end of."""
    found = _by_stack(network).get(stack)
    if found is None:
        return ()
    return found.items if own is None else found.may_be_of(own)


@remembered
def _by_stack(network: Network) -> Mapping[str, ByVpc[Peering]]:
    """The declared connections of each stack."""
    found: dict[str, list[tuple[Peering, tuple[Vpc, ...]]]] = defaultdict(list)
    for peering in network.peerings.declared:
        found[peering.origin.stack].append((peering, tuple(end.vpc for end in network.peerings.ends(peering))))
    return {stack: ByVpc(peerings) for stack, peerings in found.items()}


def _surroundings(
    name: str, own: Vpc | None, found: tuple[Neighbour, ...], again: tuple[Neighbour, ...] = ()
) -> Surroundings:
    """Those around a VPC; ``again`` are peers that may be told twice."""
    certain = tuple(n for n in found if n.peering.origin.presence.doubt is None and n not in again)
    if any(n.peering.certain_to_be for n in certain):
        return Surroundings(name, own, certain, tuple(n for n in found if n not in certain))
    reasons = [n.peering.origin.presence.doubt for n in found if n.peering.origin.presence.doubt is not None]
    return Surroundings(name, own, found, (), Maybe(reasons[0]))


def _neighbours(network: Network, own: Vpc, permission: Permission) -> tuple[Neighbour, ...]:
    origin, presence = permission.origin, permission.origin.presence
    return tuple(
        Neighbour(network.vpcs.seen_from(network.peerings.end(peering, side.other).vpc, origin.stack), peering)
        for peering, side in network.peerings.of(own)
        if self_peered(network, peering) is not True and not peering.origin.presence.excludes(presence)
    )


def _may_be_declared(network: Network, peering: Peering, others: Iterable[Peering]) -> bool:
    """Whether a connection that an inventory shows may be one of the declared ones, which speaks for it then."""
    if not peering.outside or peering.shown is None:
        return False
    return any(not other.outside and network.peerings.may_join_one_pair(other, peering) for other in others)


def _vpc_of_group(network: Network, permission: Permission) -> Vpc | None:
    """The VPC of a permission's group; of one that names none the default VPC, where the input has it."""
    group = network.groups.by_id(permission.group)
    if group is None:
        return None
    if group.vpc is not None:
        own = network.vpcs.by_id(group.vpc, group.origin)
        return network.vpcs.seen_from(own, permission.origin.stack)
    for vpc in network.all(Vpc):
        near = same_region(vpc.place, group.place)
        if vpc.is_default and near is True and same_account(vpc.place, group.place) is True:
            return network.vpcs.by_id(vpc.id, vpc.origin)
    unknown = Unknown(Why.LOOKUP, "the default VPC", group.origin.span)
    return Vpc(group.origin, unknown, (), unknown, unknown, group.place, outside=True, is_default=True)


def _may_be(network: Network, end: Vpc, own: Vpc | None) -> bool:
    """Whether an end of a peering may be a group's VPC.

    What a root looks up, or is given by a variable, is not what it declares itself: it does not exist before the
    first apply. An id that an expression chooses, or a module that was not read returns, may be either.
    """
    if own is None:
        return True
    if network.vpcs.same(end, own) is False:
        return False
    if end.outside == own.outside:
        return True
    declared, looked_up = (own, end) if end.outside else (end, own)
    if looked_up.is_default and not declared.is_default:
        return False
    id = looked_up.id
    return isinstance(id, Unknown) and (id.of is None or id.why is Why.MODULE)
