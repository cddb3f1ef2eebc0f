"""What indexes find for a VPC holds all that the plain questions say yes, or maybe, to."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.filtering.admission import concerns, possible_rules
from peerlint.network.lookups.by_vpc import ByVpc
from peerlint.network.model import (
    CidrPeer,
    Direction,
    GroupPeer,
    Permission,
    PermissionPeer,
    SecurityGroup,
    SelfPeer,
    UnknownPeers,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.routing.destinations import leads_to, lies_in, prefixes
from peerlint.network.routing.towards import towards
from peerlint.network.values import Known, Unknown, Why
from peerlint.network.vpc_index import VpcIndex
from tests.network.build import MAYBE, Estate, cidr_value

BLOCKS = ("10.0.0.0/16", "10.1.0.0/16", "10.1.0.0/17", "fd00:1::/56", "var.one", "var.two", "six.one")
DESTINATIONS = (*BLOCKS, "10.0.0.0/8", "10.0.4.0/24", "0.0.0.0/0", "::/0", "pl-1", "pl-2")


@dataclass(frozen=True)
class Plan:
    """VPCs with these blocks, some of them only looked up, and routes and rules of the first one to destinations."""

    vpcs: tuple[tuple[tuple[str, ...], bool, str], ...]
    destinations: tuple[str, ...]

    def network(self) -> Network:
        estate = Estate()
        ids = []
        for number, (blocks, outside, added) in enumerate(self.vpcs):
            ids.append(estate.vpc(f"v{number}", *blocks, outside=outside))
            if added:
                estate.secondary(f"v{number}", ids[-1], added, MAYBE)
        table = estate.table("t", ids[0])
        over = estate.peering("p", ids[0], ids[1])
        for number, to in enumerate(self.destinations):
            estate.route(f"r{number}", table, to, over)
        for number, id in enumerate(ids):
            origin = estate.origin(f"aws_security_group.g{number}")
            estate.add(SecurityGroup(origin, estate.id(f"aws_security_group.g{number}"), id, estate.place))
        for number, peer in enumerate(self._peers(estate)):
            origin = estate.origin(f"aws_security_group_rule.r{number}")
            group = estate.id("aws_security_group.g0")
            values = (Direction.INGRESS, Known("tcp"), Known(1), Known(1))
            estate.add(Permission(origin, group, *values, (peer,), estate.place))
        return estate.network

    def _peers(self, estate: Estate) -> list[PermissionPeer]:
        at = estate.origin("somewhere").span
        blocks = [CidrPeer(cidr_value(to), at) for to in self.destinations if not to.startswith("pl-")]
        groups = [GroupPeer(estate.id(f"aws_security_group.g{number}"), at) for number in range(len(self.vpcs) + 1)]
        return [*blocks, *groups, SelfPeer(at), UnknownPeers(Unknown(Why.VARIABLE, "var.peers"), at)]


vpc = st.tuples(
    st.lists(st.sampled_from(BLOCKS), max_size=2, unique=True).map(tuple),
    st.booleans(),
    st.sampled_from(("", "10.7.0.0/16", "var.added")),
)
plans = st.builds(
    Plan,
    st.lists(vpc, min_size=2, max_size=4).map(tuple),
    st.lists(st.sampled_from(DESTINATIONS), max_size=8).map(tuple),
)


def _vpcs(network: Network) -> list[Vpc]:
    return [network.vpcs.by_id(vpc.id, vpc.origin) for vpc in network.all(Vpc)]


@given(plans)
def test_the_routes_of_a_table_that_may_lead_to_a_vpc(plan: Plan) -> None:
    network = plan.network()
    table = network.tables.of(_vpcs(network)[0]).items[-1]
    routes = network.routes.of(table).items
    for vpc in _vpcs(network):
        for version in (4, 6):
            answers = {route.origin: leads_to(network, route, vpc, version) for route in routes}
            certain = {route.origin for route in towards(network, table).certain(vpc)}
            possible = {route.origin for route in towards(network, table).possible(vpc)}
            assert certain >= {origin for origin, answer in answers.items() if answer is True}
            assert possible >= {origin for origin, answer in answers.items() if answer is not False}


@given(plans)
def test_the_vpcs_that_a_destination_lies_in(plan: Plan) -> None:
    network = plan.network()
    vpcs = _vpcs(network)
    index = VpcIndex(network, vpcs)
    table = network.tables.of(vpcs[0]).items[-1]
    for prefix in (prefix for route in network.routes.of(table) for prefix in prefixes(network, route)):
        found = [vpc.id for vpc in index.holding(prefix.cidr)]
        assert set(found) >= {vpc.id for vpc in vpcs if lies_in(network, prefix, vpc)}


@given(plans)
def test_the_rules_that_have_to_do_with_a_vpc(plan: Plan) -> None:
    network = plan.network()
    group = network.all(SecurityGroup)[0]
    for vpc in _vpcs(network):
        found = [rule.origin for rule in possible_rules(network, group, vpc)]
        every = network.groups.permissions(group).items
        meant = [rule.origin for rule in every if concerns(network, rule, vpc) is not False]
        assert [origin for origin in found if origin in set(meant)] == meant


@given(plans)
def test_what_may_be_of_a_vpc(plan: Plan) -> None:
    network = plan.network()
    vpcs = _vpcs(network)
    index = ByVpc((vpc.id, (vpc,)) for vpc in vpcs)
    for vpc in vpcs:
        meant = [other.id for other in vpcs if network.vpcs.same(other, vpc) is not False]
        assert [id for id in index.may_be_of(vpc) if id in meant] == meant
        assert index.may_be_of_any(vpc) == index.may_be_of(vpc)
