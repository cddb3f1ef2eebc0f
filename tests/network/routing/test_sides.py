"""Which side a route is on, whether its table is used, and which way routes lead."""

from __future__ import annotations

import pytest

from peerlint.network.link import link
from peerlint.network.model import (
    Gap,
    Kind,
    PrefixList,
    PrefixListEntry,
    Presence,
    Side,
    Target,
    TargetKind,
    Vpc,
)
from peerlint.network.network import Network
from peerlint.network.routing.destinations import leads_to, prefixes, shares
from peerlint.network.routing.reciprocity import OneWay, one_ways
from peerlint.network.routing.sides import place
from peerlint.network.routing.ways import SideRoutes
from peerlint.network.values import Known, Maybe, Span, Unknown, Why
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate, known_cidr, unknown

WHERE = Span("/root.tf", 1, 1, 1, 2)


class Pair:
    """Two VPCs with a table each, and a peering between them."""

    def __init__(self, left: str = "10.0.0.0/16", right: str = "10.1.0.0/16", *, subnets: int = 1) -> None:
        self.estate = Estate()
        self.left = self.estate.vpc("left", *left.split())
        self.right = self.estate.vpc("right", *right.split())
        self.over = self.estate.peering("pair", self.left, self.right)
        self.left_table = self.estate.table("left", self.left, subnets=subnets)
        self.right_table = self.estate.table("right", self.right, subnets=subnets)

    @property
    def network(self) -> Network:
        return self.estate.network

    def verdict(self) -> list[str | tuple[Side, tuple[int, ...]]]:
        network = self.network
        found = one_ways(network, network.peerings.declared[0])
        return [(item.silent.side, item.versions) if isinstance(item, OneWay) else "undecided" for item in found]

    def vpc(self, name: str) -> Vpc:
        return next(vpc for vpc in self.network.all(Vpc) if vpc.origin.address.endswith(name))


def test_the_table_tells_the_side_whatever_the_destination() -> None:
    pair = Pair()
    route = pair.estate.route("swapped", pair.left_table, "10.0.0.0/16", pair.over)
    found = place(pair.network, pair.network.peerings.declared[0], route)
    assert found.told is Side.REQUESTER
    assert found.on(Side.ACCEPTER) is False


@pytest.mark.parametrize(
    ("to", "side"), [("10.1.64.0/18", Side.REQUESTER), ("10.0.0.0/16", Side.ACCEPTER), ("10.0.0.0/8", None)]
)
def test_the_destination_tells_the_side_of_an_untold_table(to: str, side: Side | None) -> None:
    pair = Pair()
    route = pair.estate.route("over", unknown("var.table"), to, pair.over)
    found = place(pair.network, pair.network.peerings.declared[0], route)
    assert found.told is None
    assert found.inferred is (side is not None)
    if side is None:
        assert isinstance(found.on(Side.REQUESTER), Maybe)
        assert isinstance(found.on(Side.ACCEPTER), Maybe)
    else:
        assert found.on(side) is True
        assert found.on(side.other) is False


def test_a_table_of_a_third_vpc_is_on_no_side() -> None:
    pair = Pair()
    third = pair.estate.vpc("third", "10.2.0.0/16")
    table = pair.estate.table("third", third)
    route = pair.estate.route("foreign", table, "10.1.0.0/16", pair.over)
    assert place(pair.network, pair.network.peerings.declared[0], route).foreign


def test_routes_on_both_sides_are_no_finding() -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, "10.0.0.0/16", pair.over)
    assert pair.verdict() == []


def test_no_route_at_all_is_another_rules_matter() -> None:
    assert Pair().verdict() == []


@pytest.mark.parametrize("back", ["10.0.0.0/8", "10.0.5.0/24", "0.0.0.0/0"])
def test_anything_that_meets_the_sender_is_a_way_back(back: str) -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, back, pair.over)
    assert pair.verdict() == []


def test_a_side_without_a_way_back_is_found_whichever_it_is() -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    assert pair.verdict() == [(Side.ACCEPTER, (4,))]
    pair = Pair()
    pair.estate.route("there", pair.right_table, "10.0.0.0/16", pair.over)
    assert pair.verdict() == [(Side.REQUESTER, (4,))]


def test_families_are_judged_apart() -> None:
    pair = Pair("10.0.0.0/16 2001:db8::/56", "10.1.0.0/16 2001:db8:1::/56")
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, "10.0.0.0/16", pair.over)
    pair.estate.route("there6", pair.left_table, "2001:db8:1::/56", pair.over)
    assert pair.verdict() == [(Side.ACCEPTER, (6,))]


def test_a_sender_that_no_subnet_uses_sends_nothing() -> None:
    pair = Pair()
    spare = pair.estate.table("spare", pair.left, subnets=0)
    pair.estate.route("there", spare, "10.1.0.0/16", pair.over)
    assert pair.verdict() == []


@pytest.mark.parametrize("presence", [MAYBE, NOT_MAYBE])
def test_a_way_back_that_may_exist_leaves_it_undecided(presence: Presence) -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, "10.0.0.0/16", pair.over, presence)
    assert pair.verdict() == ["undecided"]


def test_a_way_back_under_the_conditions_of_the_peering_exists_with_it() -> None:
    estate = Estate()
    left, right = estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16")
    over = estate.peering("pair", left, right, MAYBE)
    estate.route("there", estate.table("left", left), "10.1.0.0/16", over, MAYBE)
    estate.route("back", estate.table("right", right), "10.0.0.0/16", over, MAYBE)
    network = estate.network
    assert list(one_ways(network, network.peerings.declared[0])) == []


@pytest.mark.parametrize("target", ["var.connection", "literal"])
def test_a_route_over_a_connection_that_is_not_told_may_be_the_way_back(target: str) -> None:
    pair = Pair()
    over = Known("pcx-0a1b2c3d4e5f60718") if target == "literal" else unknown(target)
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, "10.0.0.0/16", over)
    assert pair.verdict() == ["undecided"]


@pytest.mark.parametrize(
    ("back", "presence", "verdict"),
    [
        ("10.2.0.0/16", None, [(Side.ACCEPTER, (4,))]),
        ("10.0.0.0/16", None, []),
        ("10.0.0.0/16", MAYBE, [(Side.ACCEPTER, (4,))]),
        ("10.0.0.0/8", None, [(Side.ACCEPTER, (4,))]),
    ],
)
def test_a_route_over_the_wrong_connection_is_no_way_back_and_another_rules_matter(
    back: str, presence: Presence | None, verdict: list[object]
) -> None:
    pair = Pair()
    third = pair.estate.vpc("third", "10.2.0.0/16")
    other = pair.estate.peering("other", pair.right, third)
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", pair.right_table, back, other, presence)
    assert pair.verdict() == verdict


def test_a_way_back_that_is_refused_is_another_rules_matter() -> None:
    pair = Pair()
    third = pair.estate.vpc("third", "10.2.0.0/16")
    elsewhere = pair.estate.table("elsewhere", third)
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("back", elsewhere, "10.0.0.0/16", pair.over)
    assert pair.verdict() == []


@pytest.mark.parametrize(("kind", "opens"), [(Kind.ROUTE, True), (Kind.ANY, True), (Kind.PERMISSION, False)])
def test_a_module_that_was_given_the_connection_opens_its_routes_only(kind: Kind, opens: bool) -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.gaps.append(Gap("root", frozenset({kind}), "a module", WHERE, frozenset({pair.over})))
    assert pair.verdict() == (["undecided"] if opens else [(Side.ACCEPTER, (4,))])


def test_a_gap_elsewhere_opens_nothing_here() -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.gaps.append(Gap("root", frozenset({Kind.ANY}), "a module", WHERE, frozenset({Known("rtb-1")})))
    pair.estate.gaps.append(Gap("another", frozenset({Kind.ANY}), "a file", WHERE))
    assert pair.verdict() == [(Side.ACCEPTER, (4,))]


def test_a_side_whose_only_routes_lead_astray_is_left_to_the_rule_about_them() -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    pair.estate.route("astray", pair.right_table, "192.168.0.0/16", pair.over)
    assert pair.verdict() == []


def test_a_failed_connection_has_no_routes_to_judge() -> None:
    pair = Pair("10.0.0.0/16", "10.0.128.0/17")
    pair.estate.route("there", pair.left_table, "10.0.128.0/17", pair.over)
    assert pair.verdict() == []


def test_a_sender_of_which_only_the_destination_tells_the_side_is_not_claimed() -> None:
    pair = Pair()
    pair.estate.route("there", unknown("var.table"), "10.1.0.0/16", pair.over)
    assert pair.verdict() == ["undecided"]
    pair.estate.route("back", unknown("var.other_table"), "10.0.0.0/16", pair.over)
    assert pair.verdict() == []


def test_an_unknown_destination_that_is_a_block_of_the_far_side_leads_there() -> None:
    pair = Pair("left_cidr", "right_cidr")
    route = pair.estate.route("there", pair.left_table, "right_cidr", pair.over)
    network = pair.network
    assert leads_to(network, route, pair.vpc("right"), 4) is True
    assert leads_to(network, route, pair.vpc("left"), 4) is False
    assert SideRoutes(network, network.peerings.declared[0], Side.REQUESTER).way(4).routes == (route,)


def test_prefix_lists_expand_and_are_open_where_they_are_not_declared() -> None:
    pair = Pair()
    route = pair.estate.route("list", pair.left_table, "pl-1", pair.over)
    assert isinstance(leads_to(pair.network, route, pair.vpc("right"), 4), Maybe)
    origin = pair.estate.origin("aws_ec2_managed_prefix_list.this")
    pair.estate.add(PrefixList(origin, Known("pl-1")))
    pair.estate.add(PrefixListEntry(origin, Known("pl-1"), known_cidr("192.168.0.0/16")))
    assert leads_to(pair.network, route, pair.vpc("right"), 4) is False
    pair.estate.add(PrefixListEntry(origin, Known("pl-1"), known_cidr("10.1.4.0/24")))
    assert leads_to(pair.network, route, pair.vpc("right"), 4) is True
    assert leads_to(pair.network, route, pair.vpc("right"), 6) is False


def test_what_lies_in_one_vpc_lies_in_none_that_it_is_peered_with() -> None:
    estate = Estate()
    hub, spoke = estate.vpc("hub", "hub_cidr"), estate.vpc("spoke", "spoke_cidr")
    estate.vpc("other", "10.2.0.0/16")
    estate.peering("pair", hub, spoke)
    route = estate.route("over", estate.table("hub", hub), "spoke_cidr", Unknown(Why.VARIABLE))
    network = estate.network
    vpcs = {vpc.origin.address: vpc for vpc in network.all(Vpc)}
    prefix = prefixes(network, route).items[0]
    assert shares(network, prefix, vpcs["aws_vpc.hub"]) is False
    assert shares(network, prefix, vpcs["aws_vpc.spoke"]) is True
    assert isinstance(shares(network, prefix, vpcs["aws_vpc.other"]), Maybe)


def test_routes_of_two_stacks_meet_in_one_network() -> None:
    here, there = Pair(), Estate("there")
    here.estate.route("there", here.left_table, "10.1.0.0/16", here.over)
    there.route("back", here.right_table, "10.0.0.0/16", here.over)
    assert here.verdict() == [(Side.ACCEPTER, (4,))]
    network = link([here.estate.fragment, there.fragment])
    assert list(one_ways(network, network.peerings.declared[0])) == []


def test_a_route_of_another_stack_that_tells_nothing_is_no_evidence() -> None:
    here, there = Pair(), Estate("there")
    here.estate.route("there", here.left_table, "10.1.0.0/16", here.over)
    there.route("generic", unknown("var.table"), "cidr", unknown("var.connection"))
    network = link([here.estate.fragment, there.fragment])
    assert [type(item) for item in one_ways(network, network.peerings.declared[0])] == [OneWay]


@pytest.mark.parametrize(
    ("kind", "to", "verdict"),
    [
        (TargetKind.TRANSIT, "10.0.0.0/16", ["undecided"]),
        (TargetKind.TRANSIT, "0.0.0.0/0", ["undecided"]),
        (TargetKind.INTERFACE, "10.0.0.0/8", ["undecided"]),
        (TargetKind.INTERFACE, "0.0.0.0/0", [(Side.ACCEPTER, (4,))]),
        (TargetKind.NAT, "0.0.0.0/0", [(Side.ACCEPTER, (4,))]),
        (TargetKind.TRANSIT, "192.168.0.0/16", [(Side.ACCEPTER, (4,))]),
    ],
)
def test_answers_may_take_another_way(kind: TargetKind, to: str, verdict: list[object]) -> None:
    pair = Pair()
    pair.estate.route("there", pair.left_table, "10.1.0.0/16", pair.over)
    route = pair.estate.route("detour", pair.right_table, to, Unknown(Why.COMPUTED))
    pair.estate.entities[-1] = replace(route, target=Target(kind, unknown("gateway", "id"), "gateway_id"))
    assert pair.verdict() == verdict
