"""What other routes of a table take from those over a peering, against a search through single addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.model import Presence, Target, TargetKind
from peerlint.network.network import Network
from peerlint.network.routing.captures import captures
from peerlint.network.values import Known, Maybe, Written
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate


class Hub:
    """A VPC with a table, peered with a VPC of 32 addresses (as far as this test is concerned)."""

    def __init__(self, far: str = "10.1.0.0/27") -> None:
        self.estate = Estate()
        self.near = self.estate.vpc("near", "10.0.0.0/16")
        self.far = self.estate.vpc("far", far)
        self.over = self.estate.peering("over", self.near, self.far)
        self.table = self.estate.table("near", self.near)

    def mine(self, name: str, to: str, presence: Presence | None = None) -> None:
        self.estate.route(name, self.table, to, self.over, presence)

    def other(
        self, name: str, to: str, kind: TargetKind = TargetKind.TRANSIT, presence: Presence | None = None
    ) -> None:
        route = self.estate.route(name, self.table, to, Known("tgw-1"), presence)
        self.estate.entities[-1] = replace(route, target=Target(kind, Known("tgw-1"), "transit_gateway_id"))

    @property
    def network(self) -> Network:
        return self.estate.network

    def found(self) -> list[tuple[str, str, bool]]:
        """Who takes what, and whether that is certain."""
        network = self.network
        over = next(p for p in network.peerings.declared if p.id == self.over)
        return [(c.line.origin.address, str(c.taken), c.truth is True) for c in captures(network, over)]


blocks = st.integers(27, 32).flatmap(lambda bits: st.tuples(st.integers(0, (1 << (bits - 27)) - 1), st.just(bits)))


def text_of(block: tuple[int, int]) -> str:
    index, prefix = block
    return f"10.1.0.{index << (32 - prefix)}/{prefix}"


@given(st.lists(blocks, max_size=4, unique=True), st.lists(blocks, max_size=4, unique=True))
def test_a_route_takes_addresses_exactly_where_it_is_the_most_specific(
    mine: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    hub = Hub()
    for number, block in enumerate(mine):
        hub.mine(f"m{number}", text_of(block))
    for number, block in enumerate(others):
        hub.other(f"o{number}", text_of(block))
    takers = set()
    for address in range(32):
        own = [prefix for index, prefix in mine if address >> (32 - prefix) == index]
        against = [(prefix, n) for n, (index, prefix) in enumerate(others) if address >> (32 - prefix) == index]
        if own and against and max(against)[0] > max(own):
            takers.add(f"aws_route.o{max(against)[1]}")
    assert {name for name, _, _ in hub.found()} == takers


def test_what_lies_outside_the_peer_is_not_taken_from_it() -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.0.0.0/8")
    hub.other("other", "10.2.0.0/16")
    assert hub.found() == []


@pytest.mark.parametrize("kind", [TargetKind.INTERFACE, TargetKind.INSTANCE, TargetKind.ENDPOINT])
def test_an_appliance_takes_on_purpose(kind: TargetKind) -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.1.0.0/16")
    hub.other("other", "10.1.0.0/17", kind)
    assert hub.found() == []


def test_two_routes_that_are_never_there_together_take_nothing_from_each_other() -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.1.0.0/16", MAYBE)
    hub.other("other", "10.1.0.0/17", presence=NOT_MAYBE)
    assert hub.found() == []


def test_a_route_that_may_not_be_there_takes_nothing_for_certain() -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.1.0.0/16")
    hub.other("other", "10.1.0.0/17", presence=MAYBE)
    assert hub.found() == [("aws_route.other", "10.1.0.0/17", False)]


def test_a_narrow_route_over_the_peering_that_may_not_be_there_may_take_it_back() -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.1.0.0/16")
    hub.mine("back", "10.1.0.0/24", MAYBE)
    hub.other("other", "10.1.0.0/23")
    assert ("aws_route.other", "10.1.0.0/23", False) in hub.found()


class Overlapping(Hub):
    """A hub whose other peer has the same addresses."""

    def __init__(self) -> None:
        super().__init__("10.1.0.0/16")
        self.twin = self.estate.vpc("twin", "10.1.0.0/16")
        self.to_twin: Written[str] = self.estate.peering("twin", self.near, self.twin)

    def theirs(self, name: str, to: str, table: Written[str] | None = None) -> None:
        self.estate.route(name, table or self.table, to, self.to_twin)


def test_a_peer_takes_all_that_another_one_is_sent() -> None:
    hub = Overlapping()
    hub.mine("mine", "10.0.0.0/12")
    hub.theirs("theirs", "10.1.0.0/16")
    assert hub.found() == [("aws_route.theirs", "10.1.0.0/16", True)]


def test_peers_that_share_the_addresses_out_take_nothing() -> None:
    by_routes = Overlapping()
    by_routes.mine("mine", "10.1.0.0/16")
    by_routes.theirs("theirs", "10.1.4.0/24")
    assert by_routes.found() == []
    by_tables = Overlapping()
    by_tables.mine("mine", "10.1.0.0/16")
    second = by_tables.estate.table("second", by_tables.near)
    by_tables.theirs("theirs", "10.1.0.0/16", second)
    by_tables.estate.route("left over", second, "10.0.0.0/12", by_tables.over)
    assert by_tables.found() == []


def test_a_destination_that_the_other_peer_does_not_have_is_that_routes_own_error() -> None:
    hub = Hub("10.1.0.0/16")
    third = hub.estate.vpc("third", "10.3.0.0/16")
    hub.mine("mine", "10.1.0.0/16")
    hub.estate.route("theirs", hub.table, "10.1.0.0/24", hub.estate.peering("third", hub.near, third))
    assert hub.found() == []


def test_a_connection_that_is_not_told_may_be_the_same_one() -> None:
    hub = Hub("10.1.0.0/16")
    hub.mine("mine", "10.1.0.0/16")
    hub.estate.route("other", hub.table, "10.1.0.0/24", Known("pcx-0a1b2c3d"))
    assert hub.found() == [("aws_route.other", "10.1.0.0/24", False)]


def test_a_block_that_may_not_be_the_peers_is_taken_for_nothing_certain() -> None:
    hub = Hub("10.1.0.0/16")
    hub.estate.secondary("more", hub.far, "10.2.0.0/16", MAYBE)
    hub.mine("mine", "10.2.0.0/16")
    hub.other("other", "10.2.1.0/24")
    assert hub.found() == [("aws_route.other", "10.2.1.0/24", False)]
    assert isinstance(captures(hub.network, hub.network.peerings.declared[0])[0].truth, Maybe)
