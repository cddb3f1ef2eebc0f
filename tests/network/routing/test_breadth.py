"""Routes over a peering that are wider than the peer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.cidr import Cidr
from peerlint.network.model import PrefixList, PrefixListEntry, Presence
from peerlint.network.routing.breadth import broad_routes
from peerlint.network.values import Known, Maybe
from tests.network.build import MAYBE, Estate, known_cidr, unknown

BASE = 0x0A010000


def verdicts(
    destination: str, far: tuple[str, ...], near: tuple[str, ...] = ("10.0.0.0/16",), presence: Presence | None = None
) -> list[bool]:
    """Whether the only route over a peering is certainly too wide; nothing where it is not, or not suspected."""
    estate = Estate()
    left, right = estate.vpc("left", *near), estate.vpc("right", *far)
    over = estate.peering("pair", left, right)
    estate.route("route", estate.table("left", left), destination, over, presence)
    network = estate.network
    return [broad.truth is True for broad in broad_routes(network, network.peerings.declared[0])]


@pytest.mark.parametrize(
    ("destination", "far", "found"),
    [
        ("10.1.0.0/16", ("10.1.0.0/16",), []),
        ("10.1.4.0/24", ("10.1.0.0/16",), []),
        ("10.0.0.0/8", ("10.1.0.0/16",), [True]),
        ("10.0.0.0/15", ("10.1.0.0/16",), []),
        ("10.0.0.0/14", ("10.1.0.0/16",), [True]),
        ("10.4.0.0/15", ("10.4.0.0/16", "10.5.0.0/16"), []),
        ("10.4.0.0/14", ("10.4.0.0/16", "10.5.0.0/16"), [True]),
        ("0.0.0.0/0", ("10.1.0.0/16",), []),
        ("172.16.0.0/12", ("10.1.0.0/16",), []),
        ("2001:db8::/32", ("10.1.0.0/16", "2001:db8:1::/56"), [True]),
        ("2001:db8:1::/56", ("10.1.0.0/16", "2001:db8:1::/56"), []),
        ("destination", ("10.1.0.0/16",), []),
        ("10.0.0.0/8", ("10.1.0.0/16", "more"), [True]),
        ("10.0.0.0/13", ("10.1.0.0/16", "more"), [False]),
        ("10.0.0.0/8", ("far",), [False]),
        ("10.9.0.0/16", ("far",), []),
    ],
)
def test_a_destination_is_too_wide_where_it_holds_more_than_the_peer_has(
    destination: str, far: tuple[str, ...], found: list[bool]
) -> None:
    assert verdicts(destination, far) == found


def test_a_route_that_may_not_exist_is_undecided() -> None:
    assert verdicts("10.0.0.0/8", ("10.1.0.0/16",), presence=MAYBE) == [False]


small = st.builds(
    lambda at, prefix: Cidr(4, BASE | (at << 4 >> (32 - prefix) << (32 - prefix)), prefix),
    st.integers(0, 15),
    st.integers(24, 28),
)


@given(small, st.lists(small, min_size=1, max_size=4))
def test_an_aggregate_is_judged_as_the_set_of_its_addresses(destination: Cidr, blocks: list[Cidr]) -> None:
    wide, *far = ({*range(cidr.first, cidr.last + 1)} for cidr in (destination, *blocks))
    contains_one = any(block < wide for block in far)
    expected = [True] if contains_one and not wide <= set().union(*far) else []
    assert verdicts(str(destination), tuple(map(str, blocks)), near=("192.168.0.0/16",)) == expected


def test_the_wide_entries_of_a_list_are_told_together() -> None:
    estate = Estate()
    left, right = estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16")
    over = estate.peering("pair", left, right)
    estate.add(PrefixList(estate.origin("list"), Known("pl-0a1b2c3d")))
    for cidr in ("10.1.0.0/16", "10.0.0.0/12", "10.0.0.0/8"):
        estate.add(PrefixListEntry(estate.origin(cidr), Known("pl-0a1b2c3d"), known_cidr(cidr)))
    estate.route("route", estate.table("left", left), "pl-0a1b2c3d", over)
    network = estate.network
    (broad,) = broad_routes(network, network.peerings.declared[0])
    assert (broad.truth, list(map(str, broad.wide))) == (True, ["10.0.0.0/12", "10.0.0.0/8"])


def test_of_a_table_that_is_not_told_it_is_asked_only_what_is_wide_for_both_sides() -> None:
    for destination, asked in (("10.0.0.0/8", True), ("10.1.0.0/16", False)):
        estate = Estate()
        over = estate.peering("pair", estate.vpc("left", "10.0.0.0/16"), estate.vpc("right", "10.1.0.0/16"))
        estate.route("route", unknown("var.table"), destination, over)
        network = estate.network
        found = list(broad_routes(network, network.peerings.declared[0]))
        assert [isinstance(broad.truth, Maybe) for broad in found] == ([True] if asked else [])
