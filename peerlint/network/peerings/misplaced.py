"""Resources that are made in another Region or account than what they name lives in.

A request to EC2 is made in one Region of one account and finds nothing of another
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Using_Endpoints.html). With version 6 of the AWS provider a
resource may have a ``region`` of its own
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from peerlint.network.dns.sides import is_wrong_side
from peerlint.network.filtering.surroundings import surroundings
from peerlint.network.model import (
    Origin,
    Peering,
    PeeringOptions,
    Permission,
    Place,
    RouteTable,
    SecurityGroup,
    Side,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.places import Aspect, alike
from peerlint.network.values import Known, Maybe, Truth, Written, all_of, negate, unless


class Part(Enum):
    """What the resource that is misplaced does."""

    ROUTE = "route"
    RULE = "security group rule"
    OPTIONS = "options"
    REQUEST = "request"


class Misplaced(Struct, frozen=True):
    """A resource made in another place than the thing that it names, or (``truth`` undecided) maybe so.

    ``names`` is the thing: a route table, a security group, the requester's VPC, or a connection, of which ``side`` is
    the one that the options are for.
    ``runs_in`` and ``lives_in`` are the two Regions or accounts.
    """

    part: Part
    origin: Origin
    names: Origin
    vpc: Vpc | None
    aspect: Aspect
    runs_in: Written[str]
    lives_in: Written[str]
    truth: Truth
    peering: Peering | None = None
    side: Side | None = None


def misplaced(network: Network) -> Iterator[Misplaced]:
    """Routes over peerings, rules of groups in peered VPCs, options and requests whose place is not that of what they
    name. At most one answer for each; inline routes and rules are of the place of their table and group.
    """
    yield from _routes(network)
    yield from _rules(network)
    yield from _options(network)
    for peering in network.peerings.declared:
        requester = network.vpcs.by_id(peering.vpc, peering.origin)
        if requester.place != peering.place and peering.third_party is None:
            yield from _judged(network, Part.REQUEST, peering.origin, peering.place, requester, requester, peering)


def _routes(network: Network) -> Iterator[Misplaced]:
    for route in network.routes.over_peerings:
        table = network.tables.by_id(route.table)
        if table is not None and not route.inline and table.place != route.place:
            vpc = network.vpcs.by_id(table.vpc, table.origin)
            if vpc.owner is not None:
                continue
            yield from _judged(network, Part.ROUTE, route.origin, route.place, table, vpc)


def _rules(network: Network) -> Iterator[Misplaced]:
    for permission in network.declared(Permission):
        group = network.groups.by_id(permission.group)
        if group is None or permission.inline or group.place == permission.place:
            continue
        if surroundings(network, permission) is not None:
            vpc = network.vpcs.by_id(group.vpc, group.origin) if group.vpc is not None else None
            yield from _judged(network, Part.RULE, permission.origin, permission.place, group, vpc)


def _judged(
    network: Network,
    part: Part,
    origin: Origin,
    place: Place,
    named: RouteTable | SecurityGroup | Vpc,
    vpc: Vpc | None,
    peering: Peering | None = None,
) -> Iterator[Misplaced]:
    """The first of Region and account that certainly differs, else the first that may."""
    exists = unless(implied(named.origin.presence, origin.presence)), unless(_doubt(origin))
    found = []
    for aspect in Aspect:
        runs_in, lives_in = aspect.of(place), aspect.of(named.place)
        differ = negate(alike(runs_in, lives_in))
        if isinstance(differ, Maybe) and not _asks(origin, named.origin, runs_in, lives_in):
            continue
        truth = all_of((differ, *exists))
        if truth is not False:
            names = network.seen_from(named.origin, origin.stack)
            found.append(Misplaced(part, origin, names, vpc, aspect, runs_in, lives_in, truth, peering))
    yield from sorted(found, key=lambda item: item.truth is not True)[:1]


def _asks(origin: Origin, named: Origin, runs_in: Written[str], lives_in: Written[str]) -> bool:
    """Whether two places that are not told apart are worth a question: those of two providers of one root."""
    told = all(isinstance(value, Known) or value.of is not None for value in (runs_in, lives_in))
    return told and origin.stack == named.stack


def _doubt(origin: Origin) -> Maybe | None:
    return None if origin.presence.doubt is None else Maybe(origin.presence.doubt)


def _options(network: Network) -> Iterator[Misplaced]:
    """Options made where neither side of their connection is. Those of the other side are another rule's matter."""
    for options in network.declared(PeeringOptions):
        peering = network.peerings.by_id(options.peering)
        if peering is None or peering.outside or is_wrong_side(network, peering, options):
            continue
        side = next((option.side for option in options.dns), Side.REQUESTER)
        near, far = (network.peerings.end(peering, each).place for each in (side, side.other))
        doubts = _doubt(options.origin), implied(peering.origin.presence, options.origin.presence)
        for aspect in Aspect:
            runs_in, lives_in = aspect.of(options.place), aspect.of(near)
            apart = (negate(alike(runs_in, end)) for end in (lives_in, aspect.of(far)))
            truth = all_of((*apart, *(unless(doubt) for doubt in doubts)))
            if truth is True:
                names = network.seen_from(peering.origin, options.origin.stack)
                part = Part.OPTIONS
                yield Misplaced(part, options.origin, names, None, aspect, runs_in, lives_in, truth, peering, side)
                break
