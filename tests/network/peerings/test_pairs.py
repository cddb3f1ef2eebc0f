"""Questions about a peering's two ends as a pair."""

from __future__ import annotations

from typing import Any

import pytest

from peerlint.network.model import Peering, Place, Presence
from peerlint.network.network import Network
from peerlint.network.peerings.acceptance import Verdict, verdict
from peerlint.network.peerings.pairs import implied, overlapping, self_peered, unroutable
from peerlint.network.values import Known, Maybe, Written
from peerlint.records import replace
from tests.network.build import MAYBE, Estate, unknown


def peered(requester: Written[str], accepter: Written[str], **arguments: Any) -> tuple[Network, Peering]:
    estate = Estate()
    estate.peering("pair", requester, accepter, **arguments)
    network = estate.network
    return network, network.peerings.declared[0]


def test_one_id_is_one_vpc() -> None:
    network, peering = peered(unknown("var.vpc_id"), unknown("var.vpc_id"))
    assert self_peered(network, peering) is True
    assert unroutable(network, peering)
    network, peering = peered(Known("vpc-0a1b2c3d4e5f60718"), Known("vpc-0a1b2c3d4e5f60718"))
    assert self_peered(network, peering) is True


def test_two_unknown_ids_may_be_one_vpc() -> None:
    network, peering = peered(unknown("var.vpc_id"), unknown("var.peer_vpc_id"))
    assert isinstance(self_peered(network, peering), Maybe)
    assert not unroutable(network, peering)


@pytest.mark.parametrize("placeholder", ["", "vpc-xxxxxxx", "vpc-id"])
def test_placeholders_that_are_alike_tell_nothing(placeholder: str) -> None:
    network, peering = peered(Known(placeholder), Known(placeholder))
    assert isinstance(self_peered(network, peering), Maybe)
    assert isinstance(overlapping(network, peering).truth, Maybe)
    assert unroutable(network, peering)


def test_some_element_of_a_collection_may_be_another() -> None:
    some = unknown("aws_vpc.this", "id")
    assert some.of is not None
    many = replace(some, of=replace(some.of, many=True))
    network, peering = peered(many, many)
    assert isinstance(self_peered(network, peering), Maybe)
    assert isinstance(overlapping(network, peering).truth, Maybe)


def test_vpcs_of_different_regions_and_of_third_parties_are_different() -> None:
    ids = unknown("var.vpc_id"), unknown("var.peer_vpc_id")
    estate = Estate()
    place = Place(Known("eu-west-1"), estate.place.account)
    estate.add(Peering(estate.origin("p"), estate.id("p"), *ids, place, peer_region=Known("eu-west-2")))
    assert self_peered(estate.network, estate.network.peerings.declared[0]) is False
    network, peering = peered(*ids, third_party="MongoDB Atlas")
    assert self_peered(network, peering) is False


def test_an_empty_region_is_the_requesters_own() -> None:
    estate = Estate()
    place = Place(Known("eu-west-1"), Known("111122223333"))
    ids = unknown("var.vpc_id"), unknown("var.peer_vpc_id")
    estate.add(Peering(estate.origin("p"), estate.id("p"), *ids, place, peer_owner=Known(""), peer_region=Known("")))
    network = estate.network
    assert verdict(network, network.peerings.declared[0]) is Verdict.PENDING


def test_what_stands_under_the_conditions_of_another_exists_with_it() -> None:
    assert implied(MAYBE, MAYBE) is None
    assert implied(Presence(), Presence()) is None
    assert implied(MAYBE, Presence()) == Maybe("it depends")
    assert implied(Presence("keys", many=True), Presence("keys", many=True)) == Maybe("keys")
    both = Presence("it depends", frozenset({("condition", True), ("other", False)}))
    assert implied(MAYBE, both) is None
    assert implied(both, MAYBE) == Maybe("it depends")
