"""Destinations over a peering that the peer cannot deliver."""

from __future__ import annotations

from peerlint.network.model import (
    Gateway,
    GatewayKind,
    PrefixList,
    PrefixListDestination,
    PrefixListEntry,
    Route,
    Target,
    TargetKind,
)
from peerlint.network.routing.edges import edge_routes
from peerlint.network.routing.strays import Defect, Doubt, Stray, strays
from peerlint.network.values import Known, Unknown, Why
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, known_cidr, unknown


class Hub:
    """A hub peered with two spokes; the first spoke has a table."""

    def __init__(self, hub: str = "10.0.0.0/16", one: str = "10.1.0.0/16", two: str = "10.2.0.0/16") -> None:
        self.estate = Estate()
        self.hub = self.estate.vpc("hub", hub)
        self.one = self.estate.vpc("one", one)
        self.two = self.estate.vpc("two", two)
        self.over = self.estate.peering("one", self.one, self.hub)
        self.onward = self.estate.peering("two", self.hub, self.two)
        self.table = self.estate.table("one", self.one)

    def found(self) -> list[Stray | Doubt]:
        network = self.estate.network
        return [item for peering in network.peerings.declared for item in strays(network, peering)]

    def edges(self) -> list[Stray | Doubt]:
        return list(edge_routes(self.estate.network))

    def of(self, to: str) -> list[Stray | Doubt]:
        self.estate.route("over", self.table, to, self.over)
        return self.found()


def kinds(found: list[Stray | Doubt]) -> list[tuple[type, Defect]]:
    return [(type(item), item.defect) for item in found]


def test_a_destination_inside_or_around_the_peer_is_none() -> None:
    assert Hub().of("10.0.4.0/24") == []
    assert Hub().of("10.0.0.0/12") == []


def test_a_destination_of_nobody_lies_outside() -> None:
    (stray,) = Hub().of("172.16.0.0/16")
    assert isinstance(stray, Stray)
    assert (stray.defect, stray.third, stray.by) == (Defect.OUTSIDE, None, None)


def test_a_destination_that_blocks_of_the_routes_own_vpc_make_up_lies_outside_and_says_so() -> None:
    hub = Hub(one="10.1.0.0/17")
    hub.estate.secondary("one", hub.one, "10.1.128.0/17")
    (stray,) = hub.of("10.1.0.0/16")
    assert isinstance(stray, Stray)
    assert stray.defect is Defect.OUTSIDE
    assert stray.third is stray.near


def test_a_destination_inside_the_routes_own_vpc_is_another_rules_matter() -> None:
    assert Hub().of("10.1.0.0/16") == []
    assert Hub().of("10.1.4.0/24") == []


def test_a_destination_of_a_peer_of_the_peer_is_transitive() -> None:
    (stray,) = Hub().of("10.2.128.0/20")
    assert isinstance(stray, Stray)
    assert stray.defect is Defect.TRANSITIVE
    assert stray.third is not None
    assert stray.third.origin.address == "aws_vpc.two"
    assert stray.by is not None
    assert stray.by.origin.address == "aws_vpc_peering_connection.two"


def test_it_is_transitive_even_where_no_block_is_known() -> None:
    assert kinds(Hub("hub_cidr", "one_cidr", "two_cidr").of("two_cidr")) == [(Stray, Defect.TRANSITIVE)]


def test_with_a_connection_of_its_own_it_is_the_wrong_one() -> None:
    hub = Hub()
    hub.estate.peering("direct", hub.one, hub.two)
    (stray,) = hub.of("10.2.0.0/16")
    assert isinstance(stray, Stray)
    assert stray.defect is Defect.OUTSIDE
    assert stray.by is not None
    assert stray.by.origin.address == "aws_vpc_peering_connection.direct"


def test_an_unknown_destination_may_lie_outside_or_belong_to_another_peer() -> None:
    assert kinds(Hub().of("somewhere")) == [(Doubt, Defect.OUTSIDE), (Doubt, Defect.TRANSITIVE)]


def test_a_secondary_block_that_may_exist_is_a_doubt() -> None:
    hub = Hub()
    hub.estate.secondary("more", hub.hub, "172.16.0.0/20", MAYBE)
    assert kinds(hub.of("172.16.0.0/24")) == [(Doubt, Defect.OUTSIDE)]
    hub = Hub()
    hub.estate.secondary("more", hub.hub, "172.16.0.0/20")
    assert hub.of("172.16.0.0/24") == []


def test_a_block_added_to_an_untold_vpc_of_the_stack_may_be_the_peers() -> None:
    hub = Hub()
    hub.estate.secondary("more", unknown("var.vpc_id"), "100.64.0.0/16")
    assert kinds(hub.of("172.16.0.0/16")) == [(Doubt, Defect.OUTSIDE), (Doubt, Defect.TRANSITIVE)]


def test_a_route_that_may_not_exist_is_a_doubt() -> None:
    hub = Hub()
    hub.estate.route("over", hub.table, "172.16.0.0/16", hub.over, MAYBE)
    assert kinds(hub.found()) == [(Doubt, Defect.OUTSIDE)]


def test_a_route_of_a_table_that_is_no_ends_is_left_to_the_rule_about_it() -> None:
    hub = Hub()
    third = hub.estate.vpc("third", "10.9.0.0/16")
    hub.estate.route("foreign", hub.estate.table("third", third), "172.16.0.0/16", hub.over)
    assert hub.found() == []


def test_an_untold_table_is_judged_by_both_peers() -> None:
    hub = Hub()
    hub.estate.route("both", unknown("var.table"), "172.16.0.0/16", hub.over)
    hub.estate.route("hub", unknown("var.table"), "10.0.0.0/16", hub.over)
    hub.estate.route("one", unknown("var.table"), "10.1.0.0/16", hub.over)
    (stray,) = hub.found()
    assert isinstance(stray, Stray)
    assert stray.near is None
    assert stray.route.origin.address == "aws_route.both"


def test_what_lies_behind_the_peers_vpn_is_edge_to_edge() -> None:
    hub = Hub()
    estate = hub.estate
    gateway, connection = estate.id("aws_vpn_gateway.a"), estate.id("aws_vpn_connection.a")
    estate.add(Gateway(estate.origin("aws_vpn_gateway.a"), GatewayKind.VPN, gateway, hub.hub))
    estate.add(Gateway(estate.origin("aws_vpn_connection.a"), GatewayKind.VPN, connection, None, through=gateway))
    premises = (known_cidr("172.16.0.0/12"),)
    origin = estate.origin("aws_vpn_connection_route.a")
    estate.add(Gateway(origin, GatewayKind.CUSTOMER_ROUTE, connection, None, cidrs=premises))
    (stray,) = hub.of("172.16.5.0/24")
    assert isinstance(stray, Stray)
    assert stray.defect is Defect.EDGE
    assert [gateway.origin.address for gateway in stray.gateways] == ["aws_vpn_connection_route.a"]


def test_default_routes_lead_over_the_edge_whatever_the_connection() -> None:
    hub = Hub()
    hub.estate.route("declared", hub.table, "0.0.0.0/0", hub.over)
    hub.estate.route("literal", hub.table, "::/0", Known("pcx-0a1b2c3d4e5f60718"))
    hub.estate.route("unknown", Unknown(Why.VARIABLE), "0.0.0.0/0", unknown("var.connection"))
    assert hub.found() == []
    found = hub.edges()
    assert kinds(found) == [(Stray, Defect.EDGE)] * 3
    assert [stray.far is not None for stray in found if isinstance(stray, Stray)] == [True, False, False]


def test_a_default_route_to_another_kind_of_target_is_none() -> None:
    hub = Hub()
    route = hub.estate.route("out", hub.table, "0.0.0.0/0", unknown("aws_nat_gateway.a", "id"))
    assert isinstance(hub.estate.entities[-1], Route)
    target = Target(TargetKind.NAT, route.target.id, "nat_gateway_id")
    hub.estate.entities[-1] = replace(route, target=target)
    assert hub.edges() == []


def test_the_prefix_list_of_a_service_leads_over_the_edge() -> None:
    hub = Hub()
    route = hub.estate.route("s3", hub.table, "pl-63a5400a", hub.over)
    assert isinstance(route.destination, PrefixListDestination)
    assert kinds(hub.edges()) == [(Doubt, Defect.EDGE)]
    origin = hub.estate.origin("data.aws_prefix_list.s3")
    hub.estate.add(PrefixList(origin, Known("pl-63a5400a"), aws_owned=True, outside=True))
    assert kinds(hub.edges()) == [(Stray, Defect.EDGE)]
    assert hub.found() == []


def test_a_failed_connection_is_not_judged() -> None:
    hub = Hub("10.0.0.0/16", "10.0.0.0/20")
    hub.estate.route("everything", hub.table, "0.0.0.0/0", hub.over)
    assert hub.of("172.16.0.0/16") == []
    assert hub.edges() == []


def listed(hub: Hub, *entries: str) -> list[Stray | Doubt]:
    """What a route over a prefix list of these entries is."""
    origin = hub.estate.origin("aws_ec2_managed_prefix_list.all")
    hub.estate.add(PrefixList(origin, Known("pl-0a1b2c3d")))
    for entry in entries:
        hub.estate.add(PrefixListEntry(origin, Known("pl-0a1b2c3d"), known_cidr(entry)))
    return hub.of("pl-0a1b2c3d")


def test_entries_of_the_tables_own_vpc_are_ignored() -> None:
    assert listed(Hub(), "10.0.0.0/16", "10.1.0.0/16") == []


def test_entries_that_lie_outside_are_one_finding_of_a_kind() -> None:
    found = listed(Hub(), "10.0.0.0/16", "10.2.0.0/20", "10.2.16.0/20", "172.16.0.0/16")
    assert kinds(found) == [(Stray, Defect.TRANSITIVE), (Stray, Defect.OUTSIDE)]
    assert [item.destination for item in found if isinstance(item, Stray)] == [
        "10.2.0.0/20 (and 1 more of its prefix list)",
        "172.16.0.0/16",
    ]
