"""Longest-prefix match, against a search through all routes for each single address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.cidr import Cidr
from peerlint.network.model import (
    Gap,
    Gateway,
    GatewayKind,
    GatewayPropagation,
    Kind,
    PrefixList,
    PrefixListEntry,
    Presence,
    RouteTable,
    Target,
    TargetKind,
)
from peerlint.network.routing.forwarding import Line, Lines, Rank, carried, lines
from peerlint.network.values import Known, Maybe, Span
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, known_cidr

BASE = 0x0A000000
SPACE = Cidr(4, BASE, 27)
"""The 32 addresses that the routes of a drawn table are about."""


@dataclass(frozen=True)
class Drawn:
    """A route to a small block; ``certain`` ones are there, whatever happens."""

    offset: int
    prefix: int
    rank: Rank
    certain: bool

    @property
    def cidr(self) -> Cidr:
        size = 1 << (32 - self.prefix)
        return Cidr(4, BASE + self.offset // size * size, self.prefix)


drawn = st.lists(
    st.builds(
        Drawn,
        st.integers(0, 31),
        st.integers(26, 32),
        st.sampled_from([Rank.STATIC, Rank.PREFIX_LIST, Rank.PROPAGATED]),
        st.booleans(),
    ),
    max_size=8,
)


def table_of(routes: list[Drawn]) -> Lines:
    """The lines of a table that has these routes, the n-th of which is called rN, in a VPC far from them."""
    estate = Estate()
    vpc = estate.vpc("own", "192.168.0.0/16")
    table = estate.table("own", vpc)
    gateway = estate.id("aws_vpn_gateway.own")
    estate.add(GatewayPropagation(estate.origin("propagation"), table, gateway))
    for number, each in enumerate(routes):
        presence = None if each.certain else MAYBE
        name, text = f"r{number}", str(each.cidr)
        match each.rank:
            case Rank.PROPAGATED:
                origin = estate.origin(f"aws_route.{name}", presence)
                estate.add(Gateway(origin, GatewayKind.CUSTOMER_ROUTE, estate.id(name), vpc, cidrs=(known_cidr(text),)))
            case Rank.PREFIX_LIST:
                list_id = Known(f"pl-{0x0A1B2C00 + number:08x}")
                estate.add(PrefixList(estate.origin(f"list.{name}"), list_id))
                estate.add(PrefixListEntry(estate.origin(f"entry.{name}"), list_id, known_cidr(text)))
                estate.route(name, table, list_id.value, Known("pcx-1"), presence)
            case _:
                estate.route(name, table, text, Known("pcx-1"), presence)
    network = estate.network
    declared = next(t for t in network.all(RouteTable) if t.id == table)
    return lines(network, declared)


def names(found: Iterable[Line]) -> set[str]:
    """The lines by the names of what declares them; the local one is called so."""
    return {"local" if line.rank is Rank.LOCAL else line.origin.address.rpartition(".")[2] for line in found}


@given(drawn)
def test_every_address_is_carried_as_a_search_through_all_routes_says(routes: list[Drawn]) -> None:
    parts = carried(table_of(routes).items, SPACE)
    assert [part.first for part in parts] == [SPACE.first, *(part.last + 1 for part in parts[:-1])]
    assert parts[-1].last == SPACE.last
    for address in range(SPACE.first, SPACE.last + 1):
        (part,) = (part for part in parts if part.first <= address <= part.last)
        matching = [
            (32 - each.prefix, int(each.rank), f"r{number}", each.certain)
            for number, each in enumerate(routes)
            if each.cidr.first <= address <= each.cidr.last
        ]
        best = min((match[:2] for match in matching if match[3]), default=(99, 99))
        assert names(part.winners) == {match[2] for match in matching if match[3] and match[:2] == best}
        assert names(part.rivals) == {match[2] for match in matching if not match[3] and match[:2] <= best}


class Table:
    """A table of a VPC with two blocks."""

    def __init__(self) -> None:
        self.estate = Estate()
        self.vpc = self.estate.vpc("own", "10.0.0.0/16", "10.1.0.0/16")
        self.id = self.estate.table("own", self.vpc)

    def route(self, name: str, to: str, kind: TargetKind, presence: Presence | None = None) -> None:
        route = self.estate.route(name, self.id, to, Known("id-1"), presence)
        self.estate.entities[-1] = replace(route, target=Target(kind, Known("id-1"), "target"))

    @property
    def lines(self) -> Lines:
        network = self.estate.network
        return lines(network, next(table for table in network.all(RouteTable) if table.id == self.id))

    def of(self, block: str) -> list[tuple[set[str], set[str]]]:
        found = carried(self.lines.items, known_cidr(block).value)
        return [(names(part.winners), names(part.rivals)) for part in found]


def test_the_local_route_of_each_block_is_there_without_being_written() -> None:
    assert Table().of("10.0.0.0/15") == [({"local"}, set())] * 2
    assert Table().of("10.0.0.0/14") == [({"local"}, set()), ({"local"}, set()), (set(), set())]


@pytest.mark.parametrize(
    ("kind", "winner"), [(TargetKind.INTERFACE, "inner"), (TargetKind.ENDPOINT, "inner"), (TargetKind.TRANSIT, "local")]
)
def test_only_some_targets_can_be_more_specific_than_the_local_route(kind: TargetKind, winner: str) -> None:
    table = Table()
    table.route("inner", "10.0.1.0/24", kind)
    assert table.of("10.0.1.0/24") == [({winner}, set())]


def test_a_route_to_exactly_the_local_block_replaces_the_local_route() -> None:
    table = Table()
    table.route("replaced", "10.0.0.0/16", TargetKind.INTERFACE)
    assert table.of("10.0.0.0/16") == [({"replaced"}, set())]


def test_a_route_that_aws_refuses_is_no_line() -> None:
    table = Table()
    table.estate.route("own", table.id, "10.0.1.0/24", table.estate.peering("p", table.vpc, Known("vpc-1")))
    assert table.of("10.0.1.0/24") == [({"local"}, set())]


def test_doubtful_lines_stand_beside_the_certain_one() -> None:
    table = Table()
    table.route("wide", "172.16.0.0/16", TargetKind.TRANSIT)
    table.route("narrow", "172.16.0.0/17", TargetKind.NAT, MAYBE)
    assert table.of("172.16.0.0/16") == [({"wide"}, {"narrow"}), ({"wide"}, set())]


def test_a_destination_that_is_not_told_is_nowhere() -> None:
    table = Table()
    table.route("somewhere", "destination", TargetKind.TRANSIT)
    assert [route.origin.address for route in table.lines.unplaced] == ["aws_route.somewhere"]
    assert table.of("172.16.0.0/16") == [(set(), set())]


def test_what_may_add_routes_to_a_table_opens_it() -> None:
    table = Table()
    assert not table.lines.open
    where = Span("/root.tf", 1, 1, 1, 2)
    table.estate.gaps.append(Gap("root", frozenset({Kind.ROUTE}), "a module", where, frozenset({table.id})))
    assert table.lines.open == (Maybe("a module"),)
