"""Routes to a peer whose target is a VPC, where the connection to it belongs: a VPC is no target of a route
(https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from peerlint.network.model import Peering, Route, Vpc
from peerlint.network.network import Network
from peerlint.network.peerings.pairs import implied
from peerlint.network.presence import uncertain
from peerlint.network.routing.misdirected import rightful
from peerlint.network.values import Truth, all_of, unless


class VpcTarget(Struct, frozen=True):
    """A route of ``near`` that is given the id of ``named`` as its target; ``peering`` leads to its destination."""

    route: Route
    near: Vpc
    named: Vpc
    peering: Peering
    truth: Truth


def vpc_targets(network: Network) -> Iterator[VpcTarget]:
    """Every route of code, to the blocks of a peer, whose target is a VPC that the input declares."""
    for route in network.declared(Route):
        named, table = network.vpcs.declared(route.target.id), network.tables.by_id(route.table)
        if named is None or table is None:
            continue
        near = network.vpcs.by_id(table.vpc, table.origin)
        peering = rightful(network, route, near)
        if peering is not None:
            doubts = uncertain(peering.origin.presence), implied(route.origin.presence, peering.origin.presence)
            yield VpcTarget(route, near, named, peering, all_of(unless(doubt) for doubt in doubts))
