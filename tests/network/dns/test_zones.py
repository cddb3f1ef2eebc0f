"""Which VPCs find a private zone, against the list of those that are told."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.dns.zones import unassociated, unauthorized
from peerlint.network.link import link
from peerlint.network.model import Gap, HostedZone, Kind, Place, Vpc, ZoneAssociation
from peerlint.network.values import Known, Maybe, Span, Unknown, Why, Written
from peerlint.records import replace
from tests.network.build import MAYBE, NOT_MAYBE, Estate
from tests.network.test_properties import forgotten

NAMES = ("a", "b", "c", "d")
PAIRS = list(combinations(NAMES, 2))


def estate(pairs: list[tuple[str, str]]) -> tuple[Estate, dict[str, Written[str]]]:
    it = Estate()
    vpcs = {name: it.vpc(name, f"10.{number}.0.0/16") for number, name in enumerate(NAMES)}
    for one, other in pairs:
        it.peering(f"{one}{other}", vpcs[one], vpcs[other])
    return it, vpcs


def zone(it: Estate, *vpcs: Written[str], **changed: Any) -> Written[str]:
    id = it.id("aws_route53_zone.z")
    origin = it.origin("aws_route53_zone.z", changed.pop("presence", None))
    it.add(replace(HostedZone(origin, id, Known("z.internal"), vpcs, it.place), **changed))
    return id


def associate(it: Estate, of: Written[str], vpc: Written[str], **changed: Any) -> None:
    origin = it.origin("aws_route53_zone_association.x", changed.pop("presence", None))
    it.add(replace(ZoneAssociation(origin, of, vpc), **changed))


def missing(it: Estate) -> dict[str, bool | Maybe]:
    found = [(item.misses.origin.address.removeprefix("aws_vpc."), item.truth) for item in unassociated(it.network)]
    assert len(dict(found)) == len(found)
    return dict(found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PAIRS), unique=True),
    st.sets(st.sampled_from(NAMES), min_size=1),
    st.sets(st.sampled_from(NAMES)),
)
def test_peers_of_those_that_find_a_zone_miss_it_each_once(
    pairs: list[tuple[str, str]], named: set[str], added: set[str]
) -> None:
    it, vpcs = estate(pairs)
    of = zone(it, *(vpcs[name] for name in sorted(named)))
    for name in sorted(added):
        associate(it, of, vpcs[name])
    know = named | added
    expected = {name for pair in pairs for name in pair if set(pair) & know and name not in know}
    assert missing(it) == dict.fromkeys(expected, True)


def test_an_association_that_may_not_exist_leaves_open_whether_the_zone_answers() -> None:
    it, vpcs = estate([("a", "b")])
    of = zone(it, vpcs["a"])
    associate(it, of, vpcs["b"], presence=MAYBE)
    assert [type(truth) for truth in missing(it).values()] == [Maybe]
    it, vpcs = estate([("a", "b")])
    of = zone(it, vpcs["a"], presence=MAYBE)
    associate(it, of, vpcs["b"], presence=MAYBE)
    assert missing(it) == {}


def test_an_association_of_what_is_not_told_leaves_it_open() -> None:
    untold = Unknown(Why.UNSUPPORTED, "some(thing)")
    it, vpcs = estate([("a", "b")])
    associate(it, zone(it, vpcs["a"]), untold)
    assert [type(truth) for truth in missing(it).values()] == [Maybe]
    it, vpcs = estate([("a", "b")])
    zone(it, vpcs["a"])
    associate(it, untold, vpcs["b"])
    assert [type(truth) for truth in missing(it).values()] == [Maybe]


def test_a_peering_under_a_condition_is_asked_about_and_one_under_the_opposite_is_none() -> None:
    for presence, expected in ((MAYBE, [Maybe]), (NOT_MAYBE, [])):
        it, vpcs = estate([])
        zone(it, vpcs["a"], presence=None if presence is MAYBE else MAYBE)
        it.peering("ab", vpcs["a"], vpcs["b"], presence=presence)
        assert [type(truth) for truth in missing(it).values()] == expected


def test_nothing_is_said_where_others_may_answer_or_associate() -> None:
    at = Span("/root.tf", 1, 1, 1, 9)
    for touched in (True, False):
        it, vpcs = estate([("a", "b")])
        of = zone(it, vpcs["a"])
        it.gaps.append(Gap("root", frozenset({Kind.ZONE}), "a rule forwards", at, frozenset({of}) if touched else None))
        assert missing(it) == {}
    it, vpcs = estate([("a", "b")])
    of = zone(it, vpcs["a"], left_open=True)
    assert missing(it) == {}
    associate(it, of, vpcs["a"])
    assert missing(it) == {"b": True}


def test_a_vpc_that_is_looked_up_is_left_to_what_declares_it() -> None:
    it, vpcs = estate([])
    far = it.vpc("far", "10.9.0.0/16", outside=True)
    it.peering("far", vpcs["a"], far)
    zone(it, vpcs["a"])
    assert missing(it) == {}


def accounts(*, authorized: bool, known: bool = True) -> Estate:
    """A zone of one account, associated with the peered VPC of another."""
    it, vpcs = estate([("a", "b")])
    own, other = (Place(Known("eu-west-1"), Known(account)) for account in ("111122223333", "444455556666"))
    for vpc in [each for each in it.entities if isinstance(each, Vpc)]:
        place = own if vpc.id == vpcs["a"] or not known else other
        it.entities[it.entities.index(vpc)] = replace(vpc, place=place)
    of = zone(it, vpcs["a"], place=own)
    associate(it, of, vpcs["b"])
    if authorized:
        associate(it, of, vpcs["b"], authorization=True)
    return it


def test_another_account_needs_an_authorization() -> None:
    found = list(unauthorized(accounts(authorized=False).network))
    assert [(item.vpc.origin.address, item.association is not None) for item in found] == [("aws_vpc.b", True)]
    assert list(unauthorized(accounts(authorized=True).network)) == []
    assert list(unauthorized(accounts(authorized=False, known=False).network)) == []


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(PAIRS), unique=True, max_size=3), st.sets(st.sampled_from(NAMES), min_size=1))
def test_knowing_less_never_adds_a_note(pairs: list[tuple[str, str]], named: set[str]) -> None:
    it, vpcs = estate(pairs)
    of = zone(it, vpcs["a"])
    for name in sorted(named):
        associate(it, of, vpcs[name])
    known = {name for name, truth in missing(it).items() if truth is True}
    for less in forgotten(it.fragment):
        found = [item for item in unassociated(link([less])) if item.truth is True]
        assert {item.misses.origin.address.removeprefix("aws_vpc.") for item in found} <= known
