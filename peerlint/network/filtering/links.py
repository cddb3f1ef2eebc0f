"""What makes a group of one VPC known in another one: a peering, a transit gateway, or an association of the group.

https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html,
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security,
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.filtering.references import Reference, crossing, references
from peerlint.network.lookups.by_vpc import ByVpc
from peerlint.network.model import Gateway, GatewayKind, GroupVpcAssociation, Kind, Origin, Peering, Side, Vpc
from peerlint.network.network import Network
from peerlint.network.order.ordering import acceptance, waits_until_accepted
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.peerings.pairs import implied, self_peered, unroutable
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Maybe, Truth, Value, all_of, any_of, first_doubt, negate, same, unless


class Link(Struct, frozen=True):
    """A reference to a group of another VPC, ``own`` that of the rule and ``far`` that of the named group.

    ``peerings`` are those that join, or may join, the two; ``joined`` tells whether one does. ``otherwise`` tells
    whether something else makes the group known.
    """

    reference: Reference
    own: Vpc
    far: Vpc
    peerings: tuple[Peering, ...]
    joined: Truth
    otherwise: Truth


@remembered
def links(network: Network) -> tuple[Link, ...]:
    """The references of code to groups of other VPCs of the same Region. Those of another Region are told by
    :mod:`peerlint.network.filtering.references`.
    """
    return tuple(_links(network))


def _links(network: Network) -> Iterator[Link]:
    for reference in references(network):
        own, far = reference.own, reference.far
        if own is None or far is None or network.vpcs.same(own, far) is not False:
            continue
        if crossing(network, reference).truth is False:
            yield _link(network, reference, own, far)


def _link(network: Network, reference: Reference, own: Vpc, far: Vpc) -> Link:
    """What is known of two VPCs. Where a peering joins them, no other one can
    (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations).
    """
    presence = reference.permission.origin.presence
    found = [
        (peering, answer)
        for peering in network.peerings.that_may_join(own, far)
        if not peering.origin.presence.excludes(presence)
        and (answer := _joins(network, peering, own, far)) is not False
    ]
    found = [item for item in found if item[1] is True] or found
    there = (all_of((answer, unless(implied(peering.origin.presence, presence)))) for peering, answer in found)
    return Link(
        reference,
        own,
        far,
        tuple(peering for peering, _ in found),
        any_of(there),
        any_of((*_by_transit(network, own, far), *_by_association(network, reference, own, far))),
    )


def _joins(network: Network, peering: Peering, own: Vpc, far: Vpc) -> Truth:
    """Whether a peering joins two VPCs, either of them as the requester."""
    requester, accepter = (network.peerings.end(peering, side).vpc for side in Side)
    same_vpc = network.vpcs.same
    return any_of(
        (
            all_of((same_vpc(requester, own), same_vpc(accepter, far))),
            all_of((same_vpc(requester, far), same_vpc(accepter, own))),
        )
    )


def _by_transit(network: Network, own: Vpc, far: Vpc) -> Iterator[Truth]:
    """Whether attachments of both VPCs have group referencing on, which is off by default at the gateway."""
    for one, of_own in _attachments(network, own):
        for other, of_far in _attachments(network, far):
            if one is not other:
                yield all_of((of_own, of_far, _refers(one), _refers(other)))


@remembered
def _attachments(network: Network, vpc: Vpc) -> tuple[tuple[Gateway, Truth], ...]:
    """The attachments to transit gateways that are, or may be, a VPC's, with the answer."""
    judged = ((g, _is(network, g.vpc, g.origin, vpc)) for g in _every_attachment(network).may_be_of(vpc))
    return tuple((gateway, answer) for gateway, answer in judged if answer is not False)


@remembered
def _every_attachment(network: Network) -> ByVpc[Gateway]:
    return ByVpc(
        (gateway, (network.vpcs.by_id(gateway.vpc, gateway.origin),))
        for gateway in network.all(Gateway)
        if gateway.kind is GatewayKind.TRANSIT_ATTACHMENT and gateway.vpc is not None
    )


def _refers(attachment: Gateway) -> Truth:
    match attachment.group_references:
        case Known(value=on):
            return on
        case None:
            return Maybe(f"{attachment.origin.name} does not tell whether groups can be referenced through it")
        case unknown:
            return Maybe(unknown.reason)


def _by_association(network: Network, reference: Reference, own: Vpc, far: Vpc) -> Iterator[Truth]:
    """Whether one of the groups is associated with the VPC of the other one."""
    named, group = (reference.named, reference.peer.group), (reference.group, reference.permission.group)
    for association in _associations(network).may_be_of_any(own, far):
        for (known, id), vpc in ((named, own), (group, far)):
            found = network.groups.by_id(association.group)
            declared = found is not None and known is not None and not found.outside and not known.outside
            alike = found is known if declared else same(association.group, id)
            yield all_of((alike, _is(network, association.vpc, association.origin, vpc)))


@remembered
def _associations(network: Network) -> ByVpc[GroupVpcAssociation]:
    return ByVpc((a, (network.vpcs.by_id(a.vpc, a.origin),)) for a in network.all(GroupVpcAssociation))


def _is(network: Network, id: Value[str], origin: Origin, vpc: Vpc) -> Truth:
    """Whether an id is that of a VPC."""
    return False if id is None else network.vpcs.same(network.vpcs.by_id(id, origin), vpc)


def unpeered(network: Network, link: Link) -> Truth:
    """Whether nothing makes the named group known.

    Two VPCs that other stacks make may be peered by one that was not read. What their own stack refers to between
    them cannot be: nobody can peer them before it has made them.
    """
    if link.own.outside or link.far.outside:
        return False
    stack = link.reference.permission.origin.stack
    apart = [vpc for vpc in (link.own, link.far) if vpc.origin.stack != stack]
    answer = all_of((negate(link.joined), negate(link.otherwise), unless(link.reference.doubt)))
    if answer is not True:
        return answer
    if apart:
        return Maybe(f"{apart[0].origin.name} may be peered by code that is not in the input")
    return unless(first_doubt(*network.openness(Kind.ANY, stack, link.own.id, link.far.id)))


class Hasty(Struct, frozen=True):
    """A reference that is made, or (``truth`` undecided) may be, before the peering that makes it work is accepted."""

    link: Link
    peering: Peering
    truth: Truth


def hasty(network: Network) -> Iterator[Hasty]:
    """The references that do not wait for the peering, one for each resource that makes them and peering: the order
    is one of resources, and not of their instances.
    """
    told: set[tuple[str, str, str, bool]] = set()
    for link in links(network):
        found = _hasty(network, link)
        if found is not None and found.truth is not False:
            origin = link.reference.permission.origin
            key = (origin.stack, origin.resource, found.peering.origin.resource, found.truth is True)
            if key not in told:
                told.add(key)
                yield found


def _hasty(network: Network, link: Link) -> Hasty | None:
    """What a reference waits for, where all the peerings that may join the two VPCs are made and accepted with it.

    A peering that another stack makes, that exists already, or that never becomes active is no matter of the order.
    """
    origin = link.reference.permission.origin
    if not link.peerings or link.joined is False or link.otherwise is True:
        return None
    if not all(_made_along(network, peering, origin.stack) for peering in link.peerings):
        return None
    waits = any_of(waits_until_accepted(network, origin, peering) for peering in link.peerings)
    late = all_of((negate(waits), link.joined, negate(link.otherwise), unless(link.reference.doubt)))
    return Hasty(link, link.peerings[0], late)


def _made_along(network: Network, peering: Peering, stack: str) -> bool:
    """Whether a stack makes a peering and accepts it."""
    if peering.outside or peering.accepted or peering.shown is not None or peering.origin.stack != stack:
        return False
    if self_peered(network, peering) is True or unroutable(network, peering):
        return False
    return verdict(network, peering) is Verdict.ACCEPTED and bool(acceptance(network, peering))
