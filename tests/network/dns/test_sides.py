"""Which side's DNS options a resource may set, and which resources set the same side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.dns.conflicts import conflicts
from peerlint.network.dns.sides import wrong_sides
from peerlint.network.model import DnsOption, Peering, PeeringOptions, Presence, Side
from peerlint.network.network import Network
from peerlint.network.values import Known, Maybe, Span
from tests.network.build import MAYBE, NOT_MAYBE, Estate
from tests.network.places import Told, forgotten, pair, place, told

sides = st.sets(st.sampled_from(Side), min_size=1)


def setting(estate: Estate, peering: Peering, at: Told, wanted: set[Side], presence: Presence | None = None) -> None:
    origin = estate.origin(f"aws_vpc_peering_connection_options.o{len(estate.entities)}", presence)
    written = Span(origin.span.file, origin.span.line, 20, origin.span.line, 30)
    dns = tuple(DnsOption(side, Known(True), written) for side in Side if side in wanted)
    estate.add(PeeringOptions(origin, peering.id, place(at), dns))


def wrong(requester: Told, accepter: Told, source: Told, wanted: set[Side]) -> list[Side]:
    estate, peering = pair(requester, accepter, requester, accepter[0], accepter[1])
    setting(estate, peering, source, wanted)
    return [item.option.side for item in wrong_sides(estate.network, peering) if item.truth is True]


@given(told, told, told, sides)
def test_each_side_is_set_where_it_is(requester: Told, accepter: Told, source: Told, wanted: set[Side]) -> None:
    homes = {Side.REQUESTER: requester, Side.ACCEPTER: accepter}
    away = [side for side in Side if side in wanted and homes[side] != source]
    expected = away if source in homes.values() else []
    assert wrong(requester, accepter, source, wanted) == expected


@given(told, told, told, sides)
def test_knowing_less_of_a_place_never_adds_a_wrong_side(
    requester: Told, accepter: Told, source: Told, wanted: set[Side]
) -> None:
    if wrong(requester, accepter, source, wanted) or source not in (requester, accepter):
        return
    assert all(not wrong(less, accepter, source, wanted) for less in forgotten(requester))
    assert all(not wrong(requester, less, source, wanted) for less in forgotten(accepter))
    assert all(not wrong(requester, accepter, less, wanted) for less in forgotten(source))


def test_both_sides_that_are_apart_are_wrong_wherever_the_resource_runs() -> None:
    here, there = ("eu-west-1", "111122223333"), ("us-east-1", "111122223333")
    assert wrong(here, there, ("?region", "?account"), {*Side}) == [Side.ACCEPTER]
    assert wrong(here, there, ("?region", "?account"), {Side.REQUESTER}) == []


HERE = ("eu-west-1", "111122223333")
presences = st.sampled_from([Presence(), MAYBE, NOT_MAYBE])


def network(sources: list[tuple[set[Side], Presence]]) -> tuple[Network, Peering]:
    estate, peering = pair(HERE, HERE, HERE)
    for wanted, presence in sources:
        setting(estate, peering, HERE, wanted, presence)
    return estate.network, peering


@given(st.lists(st.tuples(sides, presences), max_size=5))
def test_whoever_sets_a_side_that_is_set_already_is_in_conflict(sources: list[tuple[set[Side], Presence]]) -> None:
    joined, peering = network(sources)
    answers = {item.source.origin.span.line: item.truth for item in conflicts(joined, peering)}
    first = min((source.origin.span.line for source in joined.all(PeeringOptions)), default=0)
    expected: dict[int, bool] = {}
    for number, (wanted, presence) in enumerate(sources):
        for before, earlier in sources[:number]:
            if before & wanted and not presence.excludes(earlier):
                certain = presence == earlier == Presence()
                expected[first + number] = expected.get(first + number, False) or certain
    assert {line: not isinstance(truth, Maybe) for line, truth in answers.items()} == expected
