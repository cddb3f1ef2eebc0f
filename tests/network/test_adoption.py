"""Accepters that are one object with their connection."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.adoption import adoptions
from peerlint.network.model import Accepter, Peering, Tags
from peerlint.network.values import Known, Truth, Written
from tests.network.build import unknown
from tests.network.places import pair, place

HERE, THERE = ("eu-west-1", "111122223333"), ("us-east-1", "111122223333")
tags = st.dictionaries(st.sampled_from(["Name", "Side"]), st.sampled_from(["a", "b"]))


def as_tags(entries: dict[str, str]) -> Tags:
    return Tags(Known(tuple((key, Known(value)) for key, value in sorted(entries.items()))))


def answers(left: Tags | None, right: Tags | None, far: tuple[str, str] = HERE) -> list[Truth]:
    estate, peering = pair(HERE, far, HERE, far[0])
    tagged: Peering = replace(peering, tags=left)
    estate.entities[estate.entities.index(peering)] = tagged
    origin = estate.origin("aws_vpc_peering_connection_accepter.pair")
    estate.add(Accepter(origin, peering.id, place(far), tags=right))
    return [item.truth for item in adoptions(estate.network, tagged)]


@given(tags, tags)
def test_in_one_place_other_tags_are_overwritten(left: dict[str, str], right: dict[str, str]) -> None:
    assert answers(as_tags(left), as_tags(right)) == [True] * (left != right)
    assert answers(as_tags(left), as_tags(right), THERE) == []
    assert answers(None, as_tags(right)) == []
    assert answers(as_tags(left), None) == []


def test_one_unknown_value_is_the_same_on_both() -> None:
    whole, part = unknown("var.tags"), Tags(Known((("Name", unknown("var.name")),)))
    other: Written[tuple[tuple[str, Written[str]], ...]] = unknown("var.other")
    assert answers(Tags(whole), Tags(whole)) == []
    assert answers(part, part) == []
    assert [truth is True for truth in answers(Tags(whole), Tags(other))] == [False]
    assert [truth is True for truth in answers(part, as_tags({"Name": "a"}))] == [False]
