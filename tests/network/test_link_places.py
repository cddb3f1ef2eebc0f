"""Regions and accounts that are one."""

from __future__ import annotations

from itertools import pairwise

from peerlint.network.linking.places import unified
from peerlint.network.model import Place
from peerlint.network.values import Identity, Known, Unknown, Why


def place(stack: str) -> Place:
    """The place of a stack, of which nothing is told."""
    region, account = (Unknown(Why.VARIABLE, name, of=Identity(stack, name)) for name in ("Region", "AccountId"))
    return Place(region, account)


def test_places_of_a_long_chain_all_lead_to_its_end() -> None:
    """Not to each other: following them would cost the square of their number."""
    end = Place(Known("eu-west-1"), Known("111122223333"))
    chain = [*(place(str(number)) for number in range(50)), end]
    values = unified(pairwise(chain))
    assert len(values) == 100
    assert set(values.values()) == {end.region, end.account}
