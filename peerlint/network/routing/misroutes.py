"""What is wrong with a single route over a peering as such, whatever other routes there are.

The table is one of a VPC that the connection does not end in, the table is a gateway's, the destination lies in the
table's own VPC, or the connection is given to the argument of another kind of target.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from peerlint.network.blocks import cidr_of
from peerlint.network.cidr import Cidr, parse_cidr
from peerlint.network.handles import handle
from peerlint.network.lookups.peerings import End
from peerlint.network.model import (
    CidrDestination,
    GatewayAssociation,
    Origin,
    Peering,
    Route,
    RouteTable,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied, unroutable
from peerlint.network.places import same_account, same_region
from peerlint.network.presence import uncertain
from peerlint.network.remembered import remembered
from peerlint.network.routing.destinations import Prefix, lies_in, lies_in_a_peer, prefixes
from peerlint.network.values import Known, Maybe, Truth, Unknown, Why, all_of, any_of, negate, unless

CONNECTION = ("vpc_peering_connection_id", "VpcPeeringConnectionId")
"""The arguments that take a peering connection, in both languages."""

OTHERS = frozenset(
    (
        *("gateway_id", "GatewayId", "nat_gateway_id", "NatGatewayId", "transit_gateway_id", "TransitGatewayId"),
        *("egress_only_gateway_id", "egress_only_internet_gateway_id", "EgressOnlyInternetGatewayId"),
        *(
            "network_interface_id",
            "NetworkInterfaceId",
            "instance_id",
            "InstanceId",
            "vpc_endpoint_id",
            "VpcEndpointId",
        ),
        *("carrier_gateway_id", "CarrierGatewayId", "local_gateway_id", "LocalGatewayId"),
        *("core_network_arn", "CoreNetworkArn", "odb_network_arn", "OdbNetworkArn"),
    )
)
"""The arguments of an AWS route that take other kinds of targets; the routes of third parties have their own."""

TABLE = ("route_table_id", "RouteTableId")
"""The arguments that hold the table of a route that is a resource of its own."""

RESERVED = tuple(block for text in ("169.254.168.0/22", "fd00:ec2::/32") if (block := parse_cidr(text)) is not None)
"""The ranges of AWS's own services, in which no route can be added
(https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html).
"""


class Fault(Enum):
    """What is wrong with a route, in the order in which the rules speak of it."""

    FOREIGN = "its table is of neither VPC of the connection"
    GATEWAY = "its table is a gateway's"
    OWN = "its destination lies in the table's own VPC"
    ARGUMENT = "the connection is given to the argument of another target"


class Misroute(Struct, frozen=True):
    """A route over a peering that is wrong as such, and whether it certainly is.

    ``peering`` is the connection, ``None`` where the input does not tell it. ``near`` is the VPC of the table, where
    that is told. ``inside`` are the destinations that lie in it, or (``reserved``) in a range that AWS keeps for its
    own services. ``association`` makes the table a gateway's.
    """

    fault: Fault
    truth: Truth
    route: Route
    peering: Peering | None
    near: Vpc | None
    inside: tuple[Prefix, ...] = ()
    reserved: Cidr | None = None
    association: GatewayAssociation | None = None

    @property
    def ignored(self) -> bool:
        """Whether only entries of a prefix list are wrong, which AWS ignores and does not refuse."""
        return self.fault is Fault.OWN and all(prefix.entry is not None for prefix in self.inside)

    @property
    def version(self) -> int:
        """The address family that it is about."""
        destination = self.route.destination
        return destination.version if isinstance(destination, CidrDestination) else 4

    @property
    def addresses(self) -> tuple[str, ...]:
        """What a finding about it concerns: the route, its connection and its table's VPC."""
        concerned = (self.route, self.peering, self.near)
        return tuple(dict.fromkeys(entity.origin.address for entity in concerned if entity is not None))

    @property
    def settled(self) -> bool:
        """Whether all is said with it: nothing else is to be said of where the route leads."""
        return self.truth is True and not self.ignored

    @property
    def barred(self) -> bool:
        """Whether AWS certainly refuses the route, so that it sends nothing over the peering."""
        return self.settled and self.fault is not Fault.ARGUMENT


@remembered
def misroute(network: Network, route: Route) -> Misroute | None:
    """The first fault of a route over a peering: one that certainly is, else one that may be."""
    peering = network.peerings.by_id(route.target.id)
    found = list(_faults(network, peering, route))
    return next((item for item in found if item.truth is True), next(iter(found), None))


def misroutes(network: Network) -> Iterator[Misroute]:
    """The faults of the routes of code over peerings, at most one for each route.

    Nothing can be routed over a connection that fails because its VPCs overlap, or joins a VPC with itself.
    """
    dead: dict[Origin, bool] = {}
    for route in network.routes.over_peerings:
        found = misroute(network, route)
        if found is None:
            continue
        peering = found.peering
        if peering is not None and peering.origin not in dead:
            dead[peering.origin] = not peering.outside and unroutable(network, peering)
        if peering is None or not dead[peering.origin]:
            yield found


def _faults(network: Network, peering: Peering | None, route: Route) -> Iterator[Misroute]:
    table = network.tables.by_id(route.table)
    near = None if table is None else network.vpcs.by_id(table.vpc, table.origin)
    exists = _exists(peering, route, table)
    if near is not None:
        truth = all_of((_foreign(network, peering, route, near), exists))
        if truth is not False:
            yield Misroute(Fault.FOREIGN, truth, route, peering, near)
    for association in network.tables.gateway_associations(route.table):
        doubt = implied(association.origin.presence, route.origin.presence)
        truth = all_of((unless(doubt), exists))
        yield Misroute(Fault.GATEWAY, truth, route, peering, near, association=association)
    yield from _own(network, peering, route, near, exists)
    if route.target.argument in OTHERS:
        yield Misroute(Fault.ARGUMENT, exists, route, peering, near)


def _exists(peering: Peering | None, route: Route, table: RouteTable | None) -> Truth:
    """Whether a route, its connection and its table certainly exist together."""
    given = route.origin.presence
    doubts = [uncertain(given) if peering is None else implied(given, peering.origin.presence)]
    if peering is not None:
        doubts.append(uncertain(peering.origin.presence))
    if table is not None:
        doubts.append(implied(table.origin.presence, given))
    return all_of(unless(doubt) for doubt in doubts)


def _foreign(network: Network, peering: Peering | None, route: Route, near: Vpc) -> Truth:
    """Whether the VPC of a route's table is neither end of its connection.

    A table of which nothing is known is taken to be that of one end where its route leads to the other.
    """
    if peering is None:
        id = route.target.id
        return Maybe(id.reason if isinstance(id, Unknown) else f"the ends of {id.value} are not told")
    ends = network.peerings.ends(peering)
    answer = negate(any_of(_is_end(network, near, end) for end in ends))
    told = near.outside and any(
        lies_in(network, prefix, end.vpc) for prefix in prefixes(network, route) for end in ends
    )
    return False if isinstance(answer, Maybe) and told else answer


def _is_end(network: Network, near: Vpc, end: End) -> Truth:
    """Whether the VPC of a table is an end of a connection.

    What is looked up, or named by an id, may be what the same stack makes: the id is written once that is there.
    """
    answer = network.vpcs.same(near, end.vpc)
    apart = False in (same_region(near.place, end.place), same_account(near.place, end.place))
    if answer is False and not apart:
        for vpc, other in ((near, end.vpc), (end.vpc, near)):
            if isinstance(vpc.id, Unknown) and vpc.id.why is Why.LOOKUP:
                return Maybe(vpc.id.reason)
            if isinstance(vpc.id, Known) and vpc.outside and vpc.shown is None and not other.outside:
                return Maybe(f"{vpc.id.value} may be the id of {other.origin.name}")
    return answer


def _own(
    network: Network, peering: Peering | None, route: Route, near: Vpc | None, exists: Truth
) -> Iterator[Misroute]:
    """The destinations of a route that one block of the table's own VPC contains.

    A destination that several of its blocks make up is less specific than its local routes, and refused by nobody.
    """
    found = prefixes(network, route).items
    reserved = [(p, block) for p in found for block in RESERVED if _in(p, block)]
    if reserved:
        truth = all_of((exists, any_of(unless(prefix.doubt) for prefix, _ in reserved)))
        inside = tuple(prefix for prefix, _ in reserved)
        yield Misroute(Fault.OWN, truth, route, peering, near, inside, reserved=reserved[0][1])
    if near is None:
        return
    judged = [(prefix, all_of((within(network, prefix, near), unless(prefix.doubt)))) for prefix in found]
    certain = tuple(prefix for prefix, truth in judged if truth is True)
    if certain:
        yield Misroute(Fault.OWN, exists, route, peering, near, certain)
        return
    for prefix, truth in judged:
        if isinstance(truth, Maybe):
            yield Misroute(Fault.OWN, truth, route, peering, near, (prefix,))


def _in(prefix: Prefix, block: Cidr) -> bool:
    return isinstance(prefix.cidr, Known) and block.covers(prefix.cidr.value)


def within(network: Network, prefix: Prefix, vpc: Vpc) -> Truth:
    """Whether one block of a VPC contains a destination.

    An unknown destination that is a block of the VPC, or of one of its subnets, lies in it; any other one is not
    suspected. Blocks that are not told are suspected of nothing either, but those that the code declares are, of what
    does not lie in a peer: peered VPCs have nothing in common.
    """
    owner = network.vpcs.of_cidr(prefix.cidr)
    if owner is not None:
        return handle(owner.id) is not None and handle(owner.id) == handle(vpc.id)
    if isinstance(prefix.cidr, Unknown):
        return _is_a_block(network, prefix.cidr, vpc)
    placed = [item for item in network.vpcs.placed_blocks(vpc) if item.block.version == prefix.cidr.value.version]
    values = [(cidr_of(vpc, item.block), item.doubt) for item in placed]
    told = [unless(d) for cidr, d in values if isinstance(cidr, Known) and cidr.value.covers(prefix.cidr.value)]
    untold = [Maybe(cidr.reason) for cidr, _ in values if isinstance(cidr, Unknown) and not vpc.outside]
    of_a_peer = bool(untold) and lies_in_a_peer(network, prefix, vpc)
    return any_of(told if of_a_peer else (*told, *untold))


def _is_a_block(network: Network, cidr: Unknown, vpc: Vpc) -> Truth:
    """Whether an unknown destination is the very value that a block of a VPC is given."""
    if cidr.of is None or cidr.of.many:
        return False
    same = (item for item in network.vpcs.placed_blocks(vpc) if item.block.cidr == cidr)
    return any_of(unless(item.doubt) for item in same)


def far_of(network: Network, wrong: Misroute) -> Vpc | None:
    """The VPC at the far end of a route's connection, as the table's VPC tells it."""
    if wrong.peering is None or wrong.near is None:
        return None
    for end in network.peerings.ends(wrong.peering):
        if network.vpcs.same(end.vpc, wrong.near) is True:
            return network.peerings.end(wrong.peering, end.side.other).vpc
    return None


def is_barred(network: Network, route: Route) -> bool:
    """Whether a route over a peering certainly sends nothing over it, for a reason of its own."""
    if route.target.kind is not TargetKind.PEERING and network.peerings.by_id(route.target.id) is None:
        return False
    found = misroute(network, route)
    return found is not None and found.barred
