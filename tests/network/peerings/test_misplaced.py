"""Resources that are made in another place than what they name."""

from __future__ import annotations

from hypothesis import given

from peerlint.network.model import PeeringOptions, Route, RouteTable
from peerlint.network.peerings.misplaced import Part, misplaced
from peerlint.records import replace
from tests.network.build import Estate
from tests.network.places import Told, forgotten, pair, place, told


def estate_of(near: Told, table: Told, route: Told, request: Told, options: Told) -> Estate:
    estate, peering = pair(near, table, request, table[0], table[1])
    id = estate.table("far", peering.peer_vpc, subnets=0)
    over = estate.route("over", id, "10.0.0.0/16", peering.id)
    estate.add(PeeringOptions(estate.origin("aws_vpc_peering_connection_options.o"), peering.id, place(options)))
    moved = {RouteTable: place(table), Route: place(route)}
    estate.entities = [
        replace(entity, place=moved[type(entity)])
        if isinstance(entity, Route) or (isinstance(entity, RouteTable) and entity.id == id)
        else entity
        for entity in estate.entities
    ]
    assert over.table == id
    return estate


def found(near: Told, table: Told, route: Told, request: Told, options: Told) -> set[Part]:
    network = estate_of(near, table, route, request, options).network
    return {item.part for item in misplaced(network) if item.truth is True}


@given(told, told, told, told, told)
def test_what_is_made_in_another_place_than_what_it_names_is_found(
    near: Told, table: Told, route: Told, request: Told, options: Told
) -> None:
    expected = {
        Part.ROUTE: route != table,
        Part.REQUEST: request != near,
        Part.OPTIONS: any(all(options[n] != end[n] for end in (near, table)) for n in (0, 1)),
    }
    assert found(near, table, route, request, options) == {part for part, wrong in expected.items() if wrong}


@given(told, told, told, told, told)
def test_knowing_less_of_a_place_never_adds_a_finding(
    near: Told, table: Told, route: Told, request: Told, options: Told
) -> None:
    """A request that is itself misplaced tells where the requester is, if nothing else does."""
    places = [near, table, route, request, options]
    before = found(near, table, route, request, options)
    if Part.REQUEST in before:
        return
    for number, known in enumerate(places):
        for less in forgotten(known):
            changed = [*places[:number], less, *places[number + 1 :]]
            assert found(*changed) <= before
