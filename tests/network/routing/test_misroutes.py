"""What is wrong with a single route over a peering as such."""

from __future__ import annotations

import pytest

from peerlint.network.model import GatewayAssociation, PrefixList, PrefixListEntry, Presence, Route, Target, TargetKind
from peerlint.network.routing.misroutes import Fault, misroute, misroutes
from peerlint.network.values import Known, Maybe, Truth, Unknown, Why, Written
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, known_cidr, unknown


class Trio:
    """Two peered VPCs and a third one, each with a table."""

    def __init__(self) -> None:
        self.estate = Estate()
        self.left = self.estate.vpc("left", "10.0.0.0/16")
        self.right = self.estate.vpc("right", "10.1.0.0/16")
        self.third = self.estate.vpc("third", "10.2.0.0/16")
        self.over = self.estate.peering("pair", self.left, self.right)
        self.tables = {
            name: self.estate.table(name, vpc)
            for name, vpc in (("left", self.left), ("right", self.right), ("third", self.third))
        }

    def route(self, table: str, to: str, over: Written[str] | None = None, presence: Presence | None = None) -> Route:
        where = self.tables.get(table) or unknown(table)
        return self.estate.route("route", where, to, over or self.over, presence)

    def verdict(self, route: Route) -> tuple[Fault, Truth] | None:
        found = misroute(self.estate.network, route)
        return None if found is None else (found.fault, found.truth if found.truth is True else Maybe(""))


@pytest.mark.parametrize(
    ("table", "to", "fault"),
    [
        ("left", "10.1.0.0/16", None),
        ("left", "10.0.0.0/8", None),
        ("left", "10.9.0.0/16", None),
        ("left", "10.0.0.0/16", Fault.OWN),
        ("left", "10.0.3.0/24", Fault.OWN),
        ("right", "10.1.3.0/24", Fault.OWN),
        ("left", "169.254.169.254/32", Fault.OWN),
        ("left", "169.254.0.0/16", None),
        ("third", "10.1.0.0/16", Fault.FOREIGN),
        ("third", "10.2.0.0/16", Fault.FOREIGN),
        ("var.table", "10.1.0.0/16", None),
    ],
)
def test_a_route_has_the_first_of_its_faults(table: str, to: str, fault: Fault | None) -> None:
    trio = Trio()
    assert trio.verdict(trio.route(table, to)) == (None if fault is None else (fault, True))


def test_a_table_of_a_gateway_takes_no_route() -> None:
    trio = Trio()
    gateway = trio.estate.id("aws_internet_gateway.left")
    trio.estate.add(GatewayAssociation(trio.estate.origin("edge"), trio.tables["left"], gateway))
    assert trio.verdict(trio.route("left", "10.1.0.0/16")) == (Fault.GATEWAY, True)
    assert trio.verdict(trio.route("right", "10.0.0.0/16")) is None


@pytest.mark.parametrize("argument", ["gateway_id", "NatGatewayId", "transit_gateway_id"])
def test_the_argument_of_another_target_is_a_fault_of_a_route_that_leads_there_all_the_same(argument: str) -> None:
    trio = Trio()
    route = trio.route("left", "10.1.0.0/16")
    misplaced = replace(route, target=Target(TargetKind.NAT, trio.over, argument))
    found = misroute(trio.estate.network, misplaced)
    assert found is not None
    assert (found.fault, found.settled, found.barred) == (Fault.ARGUMENT, True, False)


def test_the_arguments_of_third_parties_are_their_own() -> None:
    trio = Trio()
    route = trio.route("left", "10.1.0.0/16")
    assert trio.verdict(replace(route, target=Target(TargetKind.PEERING, trio.over, "target_link"))) is None


@pytest.mark.parametrize("table", ["left", "third"])
def test_of_a_route_that_may_not_exist_nothing_is_certain(table: str) -> None:
    trio = Trio()
    found = trio.verdict(trio.route(table, "10.0.0.0/16", presence=MAYBE))
    assert found == (Fault.OWN if table == "left" else Fault.FOREIGN, Maybe(""))


def test_an_entry_of_a_list_is_ignored_and_not_refused() -> None:
    trio = Trio()
    trio.estate.add(PrefixList(trio.estate.origin("list"), Known("pl-0a1b2c3d")))
    for cidr in ("10.0.4.0/24", "10.1.0.0/16"):
        trio.estate.add(PrefixListEntry(trio.estate.origin(cidr), Known("pl-0a1b2c3d"), known_cidr(cidr)))
    found = misroute(trio.estate.network, trio.route("left", "pl-0a1b2c3d"))
    assert found is not None
    assert (found.fault, found.truth, found.ignored, found.barred) == (Fault.OWN, True, True, False)
    assert [str(prefix) for prefix in found.inside] == ["10.0.4.0/24"]


def test_a_block_that_may_be_added_makes_it_undecided() -> None:
    trio = Trio()
    trio.estate.secondary("more", trio.left, "10.7.0.0/16", MAYBE)
    assert trio.verdict(trio.route("left", "10.7.1.0/24")) == (Fault.OWN, Maybe(""))


def test_a_vpc_that_is_looked_up_may_be_one_that_is_made() -> None:
    estate = Estate()
    looked_up = Unknown(Why.LOOKUP, "data.aws_vpc.x.id", of=unknown("data.aws_vpc.x", "id").of)
    over = estate.peering("pair", estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16"))
    table = estate.table("x", looked_up)
    found = misroute(estate.network, estate.route("route", table, "10.9.0.0/16", over))
    assert found is not None
    assert found.fault is Fault.FOREIGN
    assert isinstance(found.truth, Maybe)
    towards = misroute(estate.network, estate.route("route", table, "10.1.0.0/16", over))
    assert towards is None


def test_a_connection_that_fails_is_the_matter_of_other_rules() -> None:
    estate = Estate()
    left, right = estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.0.0.0/17")
    over = estate.peering("pair", left, right)
    estate.route("route", estate.table("left", left), "10.0.0.0/17", over)
    assert list(misroutes(estate.network)) == []
