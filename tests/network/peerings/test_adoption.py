"""Accepters that are one object with their connection."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peerlint.network.model import Accepter, Peering, TagEntries, Tags
from peerlint.network.peerings.adoption import adoptions
from peerlint.network.values import Known, Truth, Written
from peerlint.records import replace
from tests.network.build import unknown
from tests.network.places import pair, place

HERE, THERE = ("eu-west-1", "111122223333"), ("us-east-1", "111122223333")
tags = st.dictionaries(st.sampled_from(["Name", "Side"]), st.sampled_from(["a", "b"]))


def as_tags(entries: dict[str, str]) -> Tags:
    return Tags(as_entries(entries))


provided = st.builds(
    lambda own, defaults, ignored: Tags(as_entries(own), as_entries(defaults), Known(ignored)),
    tags,
    tags,
    st.sampled_from([(), ("Name",), ("N*",), ("Si*", "x")]),
)


def as_entries(tags: dict[str, str]) -> TagEntries:
    return Known(tuple((key, Known(value)) for key, value in sorted(tags.items())))


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


@given(provided, provided)
def test_what_a_provider_adds_and_ignores_counts(left: Tags, right: Tags) -> None:
    def kept(tags: Tags) -> dict[str, Written[str]]:
        assert isinstance(tags.entries, Known)
        assert isinstance(tags.defaults, Known)
        return dict(tags.defaults.value) | dict(tags.entries.value)

    fought = {
        key
        for key in ("Name", "Side")
        if kept(left).get(key) != kept(right).get(key) and not any(key in names(tags.ignored) for tags in (left, right))
    }
    assert answers(left, right) == [True] * bool(fought)


def names(patterns: Written[tuple[str, ...]]) -> set[str]:
    assert isinstance(patterns, Known)
    spelled = {"Name": {"Name"}, "N*": {"Name"}, "Si*": {"Side"}, "x": set[str]()}
    return set().union(*(spelled[pattern] for pattern in patterns.value))


def test_one_unknown_value_is_the_same_on_both() -> None:
    whole, part = unknown("var.tags"), Tags(Known((("Name", unknown("var.name")),)))
    other: Written[tuple[tuple[str, Written[str]], ...]] = unknown("var.other")
    assert answers(Tags(whole), Tags(whole)) == []
    assert answers(part, part) == []
    assert [truth is True for truth in answers(Tags(whole), Tags(other))] == [False]
    assert [truth is True for truth in answers(part, as_tags({"Name": "a"}))] == [False]
