"""Which secondary blocks a route or a pending request is in the way of, address by address."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.model import CidrDestination, Presence, Route, Target, TargetKind
from peerlint.network.values import Known, Value, Written
from tests.network.build import MAYBE, NOT_MAYBE, known_cidr, questions
from tests.network.ordered import RULES, Given, Ordered

ROUTED_WITHIN = {TargetKind.NAT, TargetKind.INTERFACE, TargetKind.INSTANCE, TargetKind.ENDPOINT, TargetKind.LOCAL}
TARGETS = sorted({*TargetKind} - {TargetKind.PEERING, TargetKind.UNKNOWN}, key=lambda kind: kind.value)


def route(estate: Ordered, table: Written[str], to: str, kind: TargetKind, presence: Presence | None = None) -> None:
    origin = estate.origin(f"aws_route.{to}", presence)
    destination = CidrDestination(known_cidr(to), 4)
    estate.add(Route(origin, table, destination, Target(kind, Known("target"), "target"), estate.place))


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A block within sixteen addresses."""
    prefix = draw(st.integers(28, 32))
    size = 1 << (32 - prefix)
    return f"10.1.0.{draw(st.integers(0, 16 // size - 1)) * size}/{prefix}"


@given(blocks(), blocks(), st.sampled_from(TARGETS), st.booleans(), st.booleans())
def test_a_block_is_refused_that_holds_every_address_of_a_routes_destination(
    block: str, destination: str, kind: TargetKind, waits: bool, other_table: bool
) -> None:
    estate = Ordered()
    vpc, other = estate.vpc("one", "10.0.0.0/24"), estate.vpc("other", "10.2.0.0/24")
    estate.secondary("s", vpc, block)
    route(estate, estate.table("t", other if other_table else vpc), destination, kind)
    association = "aws_vpc_ipv4_cidr_block_association.s"
    estate.order = Given({(f"aws_route.{destination}", association)} if waits else ())
    inside = set(ip_network(destination)) <= set(ip_network(block))
    expected = inside and kind not in ROUTED_WITHIN and not waits and not other_table
    assert [finding.addresses[0] for finding in estate.found("PL102")] == [association] * expected


@pytest.mark.parametrize(
    ("of_block", "of_route", "found", "asked"),
    [
        (None, None, 1, 0),
        (MAYBE, None, 0, 1),
        (None, MAYBE, 0, 1),
        (MAYBE, MAYBE, 0, 1),
        (MAYBE, NOT_MAYBE, 0, 0),
    ],
)
def test_what_may_not_exist_is_asked_about(
    of_block: Presence | None, of_route: Presence | None, found: int, asked: int
) -> None:
    estate = Ordered()
    vpc = estate.vpc("one", "10.0.0.0/24")
    estate.secondary("s", vpc, "10.1.0.0/24", of_block)
    route(estate, estate.table("t", vpc), "10.1.0.0/28", TargetKind.VPN, of_route)
    assert (len(estate.found("PL102")), len(questions(RULES["PL102"], estate.network))) == (found, asked)


def test_a_route_over_a_peering_is_another_rules_matter() -> None:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/24"), estate.vpc("other", "10.2.0.0/24")
    over = estate.peering("p", one, other, auto_accept=Known(True))
    estate.secondary("s", one, "10.1.0.0/24")
    estate.route("r", estate.table("t", one), "10.1.0.0/28", over)
    assert estate.found("PL102") == []


@pytest.mark.parametrize(
    ("auto_accept", "accepter", "waits", "expected"),
    [
        (None, None, False, 1),
        (Known(False), None, False, 1),
        (None, Known(False), False, 1),
        (None, None, True, 0),
        (Known(True), None, False, 0),
        (None, Known(True), False, 0),
    ],
)
def test_a_request_that_nothing_accepts_has_to_wait_for_the_blocks_of_its_requester(
    auto_accept: Value[bool], accepter: Value[bool], waits: bool, expected: int
) -> None:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/24"), estate.vpc("other", "10.2.0.0/24")
    over = estate.peering("p", one, other, auto_accept=auto_accept)
    if accepter is not None:
        estate.accepter("p", over, auto_accept=accepter)
    estate.secondary("s", one, "10.1.0.0/24")
    estate.secondary("t", other, "10.3.0.0/24")
    pair = ("aws_vpc_peering_connection.p", "aws_vpc_ipv4_cidr_block_association.s")
    estate.order = Given({pair} if waits else ())
    assert [f.addresses[0] for f in estate.found("PL102")] == [pair[1]] * expected


def test_the_instances_of_one_block_and_request_are_told_once() -> None:
    estate = Ordered()
    one = estate.vpc("one", "10.0.0.0/24")
    estate.peering("p", one, Known("vpc-0a1b2c3d"))
    for number in range(3):
        estate.secondary(f"s[{number}]", one, f"10.1.{number}.0/24")
    assert len(estate.found("PL102")) == 1
