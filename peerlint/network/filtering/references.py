"""Security groups that rules of other groups name, and the Regions of the two."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.lookups.peerings import End
from peerlint.network.model import Gateway, GatewayKind, GroupPeer, Language, Permission, SecurityGroup, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import self_peered
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe, Truth, Unknown, Why, Written, any_of, first_doubt, negate, same


class Reference(Struct, frozen=True):
    """A rule of a group that names another group, with the VPCs of the two, as far as they are told."""

    permission: Permission
    peer: GroupPeer
    group: SecurityGroup | None
    named: SecurityGroup | None
    own: Vpc | None
    far: Vpc | None

    @property
    def doubt(self) -> Maybe | None:
        """Why the rule or one of the groups may not exist."""
        there = (self.permission, self.group, self.named)
        return first_doubt(*(uncertain(entity.origin.presence) for entity in there if entity is not None))


@remembered
def references(network: Network) -> tuple[Reference, ...]:
    """Every reference of code to a group."""
    return tuple(_references(network))


def _references(network: Network) -> Iterator[Reference]:
    for permission in network.declared(Permission):
        for peer in permission.peers:
            if isinstance(peer, GroupPeer):
                group, named = network.groups.by_id(permission.group), network.groups.by_id(peer.group)
                own, far = _vpc(network, group), _vpc(network, named)
                yield Reference(permission, peer, group, named, own, far)


class Crossing(Struct, frozen=True):
    """A rule that names a group of another Region, or (``truth`` undecided) may do so.

    ``own`` is the VPC of the rule's group and ``far`` that of the named one, where they are told.
    """

    permission: Permission
    peer: GroupPeer
    truth: Truth
    group: str
    named: str
    own: Vpc | None
    far: Vpc | None
    region: Written[str]
    far_region: Written[str]


def crossings(network: Network) -> Iterator[Crossing]:
    """Every reference to a group of another Region, or of a Region that is not known where that matters.

    It matters where the VPC has a peering that is not known to stay within the Region: without one, no group of
    another Region is within reach.
    """
    for reference in references(network):
        found = crossing(network, reference)
        if found.truth is not False:
            yield found


@remembered
def crossing(network: Network, reference: Reference) -> Crossing:
    """Whether a reference leads to another Region."""
    permission, peer, group, named = reference.permission, reference.peer, reference.group, reference.named
    own, far = reference.own, reference.far
    region = group.place.region if group is not None else permission.place.region
    far_region = named.place.region if named is not None else Unknown(Why.LOOKUP, _text(peer.group), peer.at)
    truth = negate(same(region, far_region)) if named is None or named is not group else False
    if isinstance(truth, Maybe):
        truth, end = _by_peerings(network, permission, peer, own, truth)
        far, far_region = (end.vpc, end.place.region) if end is not None else (far, far_region)
    doubt = reference.doubt
    return Crossing(
        permission,
        peer,
        doubt if truth is True and doubt is not None else truth,
        network.groups.name(group, permission.origin.stack) if group is not None else permission.origin.address,
        network.groups.name(named, permission.origin.stack) if named is not None else _text(peer.group),
        own,
        far,
        region,
        far_region,
    )


def _vpc(network: Network, group: SecurityGroup | None) -> Vpc | None:
    return network.vpcs.by_id(group.vpc, group.origin) if group is not None and group.vpc is not None else None


def _text(id: Written[str]) -> str:
    return id.value if isinstance(id, Known) else str(id.of or id.source or "an unknown group")


def _by_peerings(
    network: Network, permission: Permission, peer: GroupPeer, own: Vpc | None, doubt: Maybe
) -> tuple[Truth, End | None]:
    """What the peerings of the VPC say of a reference whose Regions do not tell, and the end that the group is in."""
    ends = _far_ends(network, own) if own is not None else ()
    crossing = [crosses for _, _, crosses in ends]
    if any_of(crossing) is False:
        return False, None
    if permission.origin.language is Language.CLOUDFORMATION and all(truth is True for truth in crossing):
        owners = [far for near, far, _ in ends if _owns(near, far, peer)]
        if owners and not _has_transit(network):
            return True, owners[0]
    return doubt, None


@remembered
def _far_ends(network: Network, own: Vpc) -> tuple[tuple[End, End, Truth], ...]:
    """Both ends of every peering of a VPC, its own first, and whether they are in different Regions."""
    found = []
    for peering, side in network.peerings.of(own):
        if self_peered(network, peering) is not True:
            near, far = network.peerings.end(peering, side), network.peerings.end(peering, side.other)
            found.append((near, far, negate(same_region(near.place, far.place))))
    return tuple(found)


def _owns(near: End, far: End, peer: GroupPeer) -> bool:
    """Whether the account that a reference names is the far end's and not the near one's."""
    if peer.account is None or same(peer.account, far.place.account) is not True:
        return False
    return same_account(near.place, far.place) is not True


def _has_transit(network: Network) -> bool:
    """Whether a transit gateway may make groups of other VPCs known."""
    return any(gateway.kind is GatewayKind.TRANSIT_ATTACHMENT for gateway in network.all(Gateway))
