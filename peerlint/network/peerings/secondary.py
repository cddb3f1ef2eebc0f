"""Secondary blocks that a VPC does not take: because of a route that exists, or of a request that is pending.

AWS refuses one that is equal to, or larger than, the destination of a route in any table of the VPC, and any that is
to be added to the requester of a connection which is pending
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.handles import Handle, grouped, handle
from peerlint.network.model import BlockAssociation, CidrDestination, Peering, Route, RouteTable, TargetKind, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import accepted, implied, self_peered, unroutable
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.values import Known, Truth, Written, all_of, first_doubt, negate, unless

ELSEWHERE = frozenset(
    {
        TargetKind.LOCAL,
        TargetKind.NAT,
        TargetKind.INTERFACE,
        TargetKind.INSTANCE,
        TargetKind.ENDPOINT,
        TargetKind.PEERING,
        TargetKind.UNKNOWN,
    }
)
"""Targets to which a VPC may route a part of itself once that is there
(https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html), those that are not told, and peerings.
"""


class Blocked(Struct, frozen=True):
    """A secondary block that covers the destination of a route in a table of its VPC, which is there first."""

    association: BlockAssociation
    block: Known[Cidr]
    vpc: Vpc
    route: Route
    table: RouteTable
    destination: Known[Cidr]
    truth: Truth


def blocked(network: Network) -> Iterator[Blocked]:
    """The secondary IPv4 blocks that routes are in the way of.

    A route that waits for the block comes after it. Routes to prefix lists are none to a block, and those over
    peerings, which lead to the VPC itself whichever comes first, are :mod:`peerlint.network.routing.misroutes`' matter.
    """
    for association in network.declared(BlockAssociation):
        vpc, block = network.vpcs.by_id(association.vpc, association.origin), association.block.cidr
        if association.block.version != 4 or not isinstance(block, Known):
            continue
        for table in network.tables.of(vpc):
            for route in network.routes.of(table):
                found = _blocked(network, association, block, vpc, table, route)
                if found is not None and found.truth is not False:
                    yield found


def _blocked(
    network: Network, association: BlockAssociation, block: Known[Cidr], vpc: Vpc, table: RouteTable, route: Route
) -> Blocked | None:
    destination = _destination(route)
    if destination is None or route.origin.observed or route.target.kind in ELSEWHERE:
        return None
    if not block.value.covers(destination.value) or network.peerings.by_id(route.target.id) is not None:
        return None
    if association.origin.presence.excludes(route.origin.presence):
        return None
    there = (
        unless(uncertain(association.origin.presence)),
        unless(implied(route.origin.presence, association.origin.presence)),
    )
    truth = all_of((*there, negate(_comes_after(network, route, association))))
    return Blocked(association, block, vpc, route, table, destination, truth)


def _destination(route: Route) -> Known[Cidr] | None:
    match route.destination:
        case CidrDestination(cidr=Known() as cidr, version=4):
            return cidr
        case _:
            return None


def _comes_after(network: Network, route: Route, association: BlockAssociation) -> Truth:
    """Whether the block is there before the route; what two stacks make comes in an order of its own."""
    if route.origin.stack != association.origin.stack:
        return False
    return network.waits_for(route.origin, association.origin)


class Racing(Struct, frozen=True):
    """A secondary block of a requester that is added while the request for a peering may be pending."""

    association: BlockAssociation
    block: Written[Cidr]
    vpc: Vpc
    peering: Peering
    truth: Truth


def racing(network: Network) -> Iterator[Racing]:
    """The secondary blocks of requesters that the request does not wait for, where nothing in the input accepts it.

    What CloudFormation requests it accepts, or fails. Of the instances of one resource the first is told, as they
    wait for the same.
    """
    told: set[tuple[str, str, str, bool]] = set()
    for peering in network.peerings.declared:
        if peering.service_accepts or peering.accepted or peering.third_party is not None:
            continue
        if self_peered(network, peering) is True or unroutable(network, peering):
            continue
        if accepted(network, peering) is not False or network.peerings.may_exist(peering) is not None:
            continue
        for association in _added_to(network, handle(peering.vpc)):
            found = _racing(network, association, peering)
            if found is None or found.truth is False:
                continue
            own = association.origin
            key = (own.stack, own.resource, peering.origin.resource, found.truth is True)
            if key not in told:
                told.add(key)
                yield found


def _added_to(network: Network, vpc: Handle | None) -> Sequence[BlockAssociation]:
    return _added(network).get(vpc, ()) if vpc is not None else ()


@remembered
def _added(network: Network) -> Mapping[Handle, Sequence[BlockAssociation]]:
    """The secondary blocks that code adds, by their VPCs."""
    return grouped(network.declared(BlockAssociation), lambda association: association.vpc)


def _racing(network: Network, association: BlockAssociation, peering: Peering) -> Racing | None:
    own, request = association.origin, peering.origin
    vpc = network.vpcs.by_id(peering.vpc, request)
    if network.vpcs.by_id(association.vpc, request) is not vpc or own.stack != request.stack:
        return None
    if association.block.version != 4 or own.presence.excludes(request.presence):
        return None
    doubt = first_doubt(implied(request.presence, own.presence), uncertain(own.presence))
    late = negate(network.waits_for(request, own))
    return Racing(association, association.block.cidr, vpc, peering, all_of((late, unless(doubt))))
