"""Sets of services against sets of packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.filtering.services import EVERYTHING, NOTHING, PORTS, Services, named, ports, union
from peerlint.network.values import Known
from tests.network.build import unknown

PIECES = st.lists(st.tuples(st.sampled_from([6, 17, 47]), st.integers(0, 12), st.integers(0, 12)), max_size=5)


def packets(services: Services) -> set[tuple[int, int]]:
    """Every protocol and low port in a set, by trying each."""
    return {
        (protocol, port)
        for protocol in (1, 6, 17, 47)
        for port in range(16)
        if any(first <= protocol * PORTS + port <= last for first, last in services.intervals)
    }


@given(PIECES, PIECES)
def test_operations_are_those_of_sets(one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]) -> None:
    left, right = union(ports(*piece) for piece in one), union(ports(*piece) for piece in other)
    assert packets(left) == {(p, n) for p, first, last in one for n in range(first, last + 1)}
    assert packets(left | right) == packets(left) | packets(right)
    assert packets(left & right) == packets(left) & packets(right)
    assert packets(left - right) == packets(left) - packets(right)
    assert left.covers(right) == (packets(right) <= packets(left))
    assert len(left) == len(packets(left))
    assert bool(left) == bool(packets(left))


@pytest.mark.parametrize(
    ("protocol", "first", "last", "text"),
    [
        ("-1", 22, 22, "every protocol and port"),
        ("tcp", 22, 22, "TCP port 22"),
        ("6", 1024, 65535, "TCP ports 1024 to 65535"),
        ("tcp", None, None, "every TCP port"),
        ("udp", -1, -1, "every UDP port"),
        ("icmp", -1, -1, "every type of ICMP"),
        ("icmp", 8, -1, "some types of ICMP"),
        ("58", None, None, "every type of ICMPv6"),
        ("esp", 0, 0, "protocol 50"),
        ("gre", None, None, "protocol 47"),
    ],
)
def test_what_a_rule_names_in_words(protocol: str, first: int | None, last: int | None, text: str) -> None:
    low, high = (None if port is None else Known(port) for port in (first, last))
    found = named(Known(protocol), low, high)
    assert found.least == found.most
    assert found.doubt is None
    assert str(found.least) == text


def test_several_ranges_are_listed() -> None:
    some = ports(6, 22, 22) | ports(6, 443, 443) | ports(6, 8000, 8080) | ports(17, 53, 53) | ports(50) | ports(51)
    assert str(some) == "TCP ports 22, 443, 8000 to 8080, UDP port 53, 2 other protocols"
    assert str(ports(6, 22, 22) | ports(6, 80, 90)) == "TCP ports 22 and 80 to 90"


def test_one_type_of_icmp_is_its_codes() -> None:
    echo = named(Known("icmp"), None, None, (Known(8), Known(-1))).least
    assert len(echo) == 256
    unreachable = named(Known("icmp"), None, None, (Known(3), Known(4))).least
    assert len(unreachable) == 1
    assert not echo & unreachable


def test_what_is_not_told_may_be_anything_and_is_nothing_for_certain() -> None:
    for found in (
        named(unknown("protocol"), Known(22), Known(22)),
        named(Known("tcp"), unknown("port"), Known(22)),
        named(Known("icmp"), None, None, (unknown("type"), None)),
        named(Known("some-protocol"), None, None),
    ):
        assert found.least == NOTHING
        assert found.most
        assert found.doubt is not None
    assert named(unknown("protocol"), None, None).most == EVERYTHING
    assert str(named(Known("tcp"), unknown("port"), Known(22)).most) == "TCP ports 0 to 22"
