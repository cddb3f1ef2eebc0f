"""Routes in tables that list theirs, and routes that are in a table twice."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.link import link
from peerlint.network.model import Listing, Presence, Route, RouteTable, Target, TargetKind
from peerlint.network.routing.destinations import destination_of
from peerlint.network.routing.mixtures import Mixture, Untold, duplicates, mixtures
from peerlint.network.values import Identity, Known, Span, Why, Written
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate, unknown

HERE = Span("/root.tf", 90, 1, 90, 9)


class Pair:
    """Two peered VPCs, the first with a table, which may list its routes."""

    def __init__(self, listing: Listing | None = None, presence: Presence | None = None) -> None:
        self.estate = Estate()
        self.left, self.right = self.estate.vpc("left", "10.0.0.0/16"), self.estate.vpc("right", "10.1.0.0/16")
        self.over = self.estate.peering("pair", self.left, self.right)
        self.table = self.estate.id("aws_route_table.left")
        origin = self.estate.origin("aws_route_table.left", presence)
        self.estate.add(RouteTable(origin, self.table, self.left, self.estate.place, listed=listing))

    def route(self, name: str, to: str, presence: Presence | None = None, *, inline: bool = False) -> Route:
        route = replace(self.estate.route(name, self.table, to, self.over, presence), inline=inline)
        self.estate.entities[-1] = route
        return route

    def elsewhere(self, name: str, to: str, presence: Presence | None = None) -> None:
        route = self.estate.route(name, self.table, to, self.estate.id("tgw"), presence)
        target = Target(TargetKind.TRANSIT, self.estate.id("tgw"), "transit_gateway_id")
        self.estate.entities[-1] = replace(route, target=target)

    def mixed(self) -> list[bool]:
        return [found.truth is True for found in mixtures(self.estate.network) if isinstance(found, Mixture)]

    def twice(self) -> list[tuple[str, str, bool]]:
        found = duplicates(self.estate.network)
        return [(d.first.origin.address, d.second.origin.address, d.truth is True) for d in found]


@pytest.mark.parametrize(
    ("listing", "presence", "inline", "found"),
    [
        (None, None, False, []),
        (Listing(HERE), None, True, []),
        (Listing(HERE), None, False, [True]),
        (Listing(HERE, "it depends"), None, False, [False]),
        (Listing(HERE), MAYBE, False, [False]),
    ],
)
def test_a_route_beside_a_list_is_removed(
    listing: Listing | None, presence: Presence | None, inline: bool, found: list[bool]
) -> None:
    pair = Pair(listing)
    pair.route("added", "10.1.0.0/16", presence, inline=inline)
    assert pair.mixed() == found


def test_a_list_and_a_route_that_are_never_there_together_do_not_mix() -> None:
    pair = Pair(Listing(HERE), MAYBE)
    pair.route("added", "10.1.0.0/16", NOT_MAYBE)
    assert pair.mixed() == []


def test_a_table_is_told_once_with_all_its_routes() -> None:
    pair = Pair(Listing(HERE))
    for name in ("one", "two"):
        pair.route(name, f"10.1.{len(name)}.0/24")
    (found,) = mixtures(pair.estate.network)
    assert isinstance(found, Mixture)
    assert [route.origin.address for route in found.routes] == ["aws_route.one", "aws_route.two"]


@pytest.mark.parametrize(("why", "asked"), [(Why.MODULE, 1), (Why.VARIABLE, 0), (Why.LOOKUP, 0)])
def test_a_table_of_a_module_that_was_not_read_may_list_its_routes(why: Why, asked: int) -> None:
    estate = Estate()
    over = estate.peering("pair", estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16"))
    table: Written[str] = unknown("module.net", "table_id", why)
    estate.route("one", table, "10.1.0.0/16", over)
    estate.route("two", table, "10.1.0.0/17", over)
    found = list(mixtures(estate.network))
    assert [isinstance(item, Untold) for item in found] == [True] * asked


@given(st.lists(st.tuples(st.sampled_from(["10.1.0.0/16", "10.1.1.0/16", "10.1.0.0/17"]), st.booleans()), max_size=5))
def test_a_route_is_a_duplicate_of_an_earlier_one_where_either_is_over_a_peering(
    routes: list[tuple[str, bool]],
) -> None:
    pair = Pair()
    for number, (to, over_peering) in enumerate(routes):
        (pair.route if over_peering else pair.elsewhere)(f"r{number}", to)
    expected: Counter[str] = Counter()
    for block in ("10.1.0.0/16", "10.1.0.0/17"):
        alike = [over for to, over in routes if to == block or (to == "10.1.1.0/16" and block == "10.1.0.0/16")]
        expected[block] = sum(any(alike[:n]) or (n > 0 and over) for n, over in enumerate(alike))
    found = Counter(destination_of(pair.second) for pair in duplicates(pair.estate.network))
    assert found == +expected


def test_conditions_and_styles_decide_about_duplicates() -> None:
    either = Pair()
    either.route("peering", "10.1.0.0/16", MAYBE)
    either.elsewhere("gateway", "10.1.0.0/16", NOT_MAYBE)
    assert either.twice() == []
    perhaps = Pair()
    perhaps.route("peering", "10.1.0.0/16")
    perhaps.elsewhere("gateway", "10.1.0.0/16", MAYBE)
    assert perhaps.twice() == [("aws_route.peering", "aws_route.gateway", False)]
    both = Pair(Listing(HERE))
    both.route("inline", "10.1.0.0/16", inline=True)
    both.route("own", "10.1.0.0/16")
    assert both.twice() == []
    assert both.mixed() == [True]


@pytest.mark.parametrize(("same_place", "found"), [(True, []), (False, [False])])
def test_routes_of_two_stacks_may_be_alternatives(same_place: bool, found: list[bool]) -> None:
    one, other = Estate(), Estate(stack="other")
    for estate in (one, other):
        over = estate.peering("pair", estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16"))
        route = estate.route("route", Known("rtb-0a1b2c3d"), "10.1.0.0/16", over)
        at = HERE if same_place else route.origin.span
        estate.entities[-1] = replace(route, origin=replace(route.origin, span=at))
    network = link([one.fragment, other.fragment])
    assert [pair.truth is True for pair in duplicates(network)] == found


def test_routes_of_some_table_of_many_may_be_in_different_ones() -> None:
    pair = Pair()
    for name in ("one", "two"):
        many = replace(pair.estate.id("aws_route_table.some"), of=Identity("root", "aws_route_table.some", "id", True))
        pair.estate.route(name, many, "10.1.0.0/16", pair.over)
    assert pair.twice() == []
