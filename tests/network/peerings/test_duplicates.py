"""Second connections of a pair of VPCs."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.model import Presence
from peerlint.network.network import Network
from peerlint.network.peerings.duplicates import Direction, Doubtful, Repeat, duplicates
from peerlint.network.values import Known
from tests.network.build import MAYBE, NOT_MAYBE, Estate

A, B, C = range(3)
VPCS = (A, B, C)
ends = st.tuples(st.sampled_from(VPCS), st.sampled_from(VPCS))
presences = st.sampled_from([Presence(), MAYBE, NOT_MAYBE])


def declared(pairs: list[tuple[tuple[int, int], Presence]]) -> Network:
    estate = Estate()
    vpcs = [estate.vpc(f"v{number}", f"10.{number}.0.0/16") for number in VPCS]
    for number, ((requester, accepter), presence) in enumerate(pairs):
        estate.peering(f"p{number}", vpcs[requester], vpcs[accepter], presence)
    return estate.network


def number_of(address: str) -> int:
    return int(address.rpartition(".p")[2])


@given(st.lists(st.tuples(ends, presences), max_size=6))
def test_of_every_pair_of_vpcs_each_connection_but_the_first_is_a_repeat(
    pairs: list[tuple[tuple[int, int], Presence]],
) -> None:
    found = [item for item in duplicates(declared(pairs)) if isinstance(item, Repeat)]
    expected = {}
    for pair in combinations(VPCS, 2):
        certain = [n for n, (ends, presence) in enumerate(pairs) if {*ends} == {*pair} and presence == Presence()]
        for number in certain[1:]:
            is_same = pairs[number][0] == pairs[certain[0]][0]
            expected[number] = certain[0], Direction.SAME if is_same else Direction.OTHER
    assert expected == {
        number_of(item.peering.origin.address): (number_of(item.first.origin.address), item.direction) for item in found
    }


@given(st.lists(st.tuples(ends, presences), max_size=6))
def test_only_connections_that_can_exist_together_are_asked_about(
    pairs: list[tuple[tuple[int, int], Presence]],
) -> None:
    asked = {
        number_of(item.peering.origin.address) for item in duplicates(declared(pairs)) if isinstance(item, Doubtful)
    }
    assert asked == {
        later
        for later, (ends, presence) in enumerate(pairs)
        for other, before in pairs[:later]
        if {*ends} == {*other} and len({*ends}) == 2
        if presence != Presence() or before != Presence()
        if not presence.excludes(before)
    }


def test_what_names_a_repeat_in_the_same_direction_names_the_first_one() -> None:
    estate = Estate()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    first = estate.peering("first", one, other)
    second = estate.peering("second", one, other)
    estate.accepter("second", second)
    estate.route("over", estate.table("t", one), "10.1.0.0/16", second)
    peerings = estate.network.peerings
    (kept,) = peerings.declared
    assert kept is peerings.by_id(first)
    assert kept is peerings.by_id(second)
    assert peerings.same(first, second) is True
    assert [accepter.origin.address for accepter in peerings.accepters(kept)] == [
        "aws_vpc_peering_connection_accepter.second"
    ]
    assert [route.origin.address for route in estate.network.routes.over(kept)] == ["aws_route.over"]


def test_what_accepts_a_repeat_from_the_other_side_does_not_accept_the_first_one() -> None:
    estate = Estate()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    estate.peering("first", one, other)
    estate.accepter("second", estate.peering("second", other, one))
    peerings = estate.network.peerings
    (kept,) = peerings.declared
    assert peerings.accepters(kept).items == ()
    assert peerings.stray_accepters == ()


def test_a_connection_of_another_region_is_no_repeat() -> None:
    estate = Estate()
    one, other = Known("vpc-0a4f1c3be27d95608"), Known("vpc-08c6d2e71fb03a945")
    estate.peering("first", one, other, peer_region=Known("eu-west-1"))
    estate.peering("second", one, other, peer_region=Known("us-east-1"))
    assert list(duplicates(estate.network)) == []
