"""Which references to groups of other VPCs work, and which come too early, against every way tried one by one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlint.network.filtering.links import links, unpeered
from peerlint.network.link import link
from peerlint.network.model import Fragment, Gap, Kind, Presence
from peerlint.network.values import Known, Maybe, Span
from tests.network.build import MAYBE, NOT_MAYBE, findings, questions, unknown
from tests.network.ordered import RULES, Given, Ordered, spoken
from tests.network.test_properties import forgotten

PAIRS = ((0, 1), (1, 2), (0, 2), (1, 0))


@dataclass(frozen=True)
class Plan:
    """Three VPCs with a group each. A pair is peered and accepted by itself, by an accepter, or by nothing; a rule of
    one group names another and waits, or does not, for what accepts each of the peerings.
    """

    peered: tuple[tuple[tuple[int, int], str], ...]
    rules: tuple[tuple[int, int], ...]
    waits: frozenset[tuple[int, int]]
    attached: tuple[str, str, str]
    associated: tuple[tuple[int, int], ...]

    def fragment(self, *, swapped: bool = False) -> Fragment:
        estate = Ordered()
        vpcs = [estate.vpc(f"v{n}", f"10.{n}.0.0/16") for n in range(3)]
        groups = [estate.group(f"g{n}", vpcs[n]) for n in range(3)]
        for number, ((one, other), how) in enumerate(self.peered):
            requester, accepter = (vpcs[n] for n in ((other, one) if swapped else (one, other)))
            pcx = estate.peering(f"p{number}", requester, accepter, auto_accept=Known(how == "itself"))
            if how == "accepter":
                estate.accepter(f"p{number}", pcx, auto_accept=Known(True))
        for number, (one, other) in enumerate(self.rules):
            estate.rule(f"r{number}", groups[one], groups[other])
        for number, how in enumerate(self.attached):
            if how:
                estate.attachment(f"v{number}", vpcs[number], None if how == "untold" else Known(how == "on"))
        for number, (group, vpc) in enumerate(self.associated):
            estate.association(f"a{number}", groups[group], vpcs[vpc])
        estate.order = Given({(f"aws_security_group_rule.r{r}", self.accepting(p)) for r, p in self.waits})
        return estate.ordered

    def accepting(self, number: int) -> str:
        if number < len(self.peered) and self.peered[number][1] == "accepter":
            return f"aws_vpc_peering_connection_accepter.p{number}"
        return f"aws_vpc_peering_connection.p{number}"

    def expected(self) -> set[tuple[str, str]]:
        found = set()
        for number, (own, far) in enumerate(self.rules):
            here = [n for n, (pair, _) in enumerate(self.peered) if set(pair) == {own, far}]
            through = {self.attached[own], self.attached[far]}
            untold = "" not in through and "off" not in through
            associated = {(far, own), (own, far)} & set(self.associated)
            if own == far or untold or associated:
                continue
            if not here:
                found.add(("PL402", f"aws_security_group_rule.r{number}"))
            elif all(self.peered[n][1] != "nothing" for n in here) and not any((number, n) in self.waits for n in here):
                found.add(("PL403", f"aws_security_group_rule.r{number}"))
        return found


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    vpcs = st.integers(0, 2)
    peered = st.tuples(st.sampled_from(PAIRS), st.sampled_from(["itself", "accepter", "nothing"]))
    unique = st.lists(peered, max_size=3, unique_by=lambda item: frozenset(item[0]))
    return Plan(
        tuple(draw(unique)),
        tuple(draw(st.lists(st.tuples(vpcs, vpcs), min_size=1, max_size=4))),
        frozenset(draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=6))),
        draw(st.tuples(*[st.sampled_from(["", "", "on", "off", "untold"])] * 3)),
        tuple(draw(st.lists(st.tuples(vpcs, vpcs), max_size=1))),
    )


def about(found: set[tuple[str, tuple[str, ...]]]) -> set[tuple[str, str]]:
    return {(id, addresses[0]) for id, addresses in found}


@given(plans())
def test_finds_the_references_that_nothing_or_only_a_later_peering_makes_work(plan: Plan) -> None:
    assert about(spoken(plan.fragment(), "PL402", "PL403")) == plan.expected()


@given(plans())
def test_the_sides_of_a_peering_are_alike(plan: Plan) -> None:
    one, other = (spoken(plan.fragment(swapped=swapped), "PL402", "PL403") for swapped in (False, True))
    assert one == other


@settings(max_examples=30, deadline=None)
@given(plans())
def test_knowing_less_adds_no_finding(plan: Plan) -> None:
    fragment = plan.fragment()
    before = about(spoken(fragment, "PL402", "PL403"))
    for less in forgotten(fragment):
        assert about(spoken(less, "PL402", "PL403")) <= before


def two(*, peered: bool) -> Ordered:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    if peered:
        estate.peering("p", one, other, auto_accept=Known(True))
    estate.rule("r", estate.group("one", one), estate.group("other", other))
    return estate


def test_instances_of_one_resource_wait_for_the_same_and_are_told_once() -> None:
    estate = two(peered=True)
    groups = [estate.id(f"aws_security_group.{name}") for name in ("one", "other")]
    estate.rule('each["a"]', *groups)
    estate.rule('each["b"]', *groups)
    assert len(estate.found("PL403")) == 2


@pytest.mark.parametrize("id", ["PL402", "PL403"])
def test_a_rule_that_may_not_exist_is_asked_about(id: str) -> None:
    estate = two(peered=id == "PL403")
    estate.rule("s", *(estate.id(f"aws_security_group.{name}") for name in ("other", "one")), presence=MAYBE)
    assert len(estate.found(id)) == 1
    assert len(questions(RULES[id], estate.network)) == 1


@pytest.mark.parametrize(
    ("of_peering", "of_rule", "found", "asked"),
    [(None, None, 0, 0), (MAYBE, None, 0, 1), (MAYBE, MAYBE, 0, 0), (NOT_MAYBE, MAYBE, 0, 1)],
)
def test_a_peering_that_may_not_exist_may_join(
    of_peering: Presence | None, of_rule: Presence | None, found: int, asked: int
) -> None:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    groups = estate.group("one", one), estate.group("other", other)
    estate.peering("p", one, other, of_peering, auto_accept=Known(True))
    estate.rule("r", *groups, presence=of_rule)
    assert len(estate.found("PL402")) == found
    assert len(questions(RULES["PL402"], estate.network)) == asked


def test_what_was_not_read_may_peer_the_vpcs_that_it_is_given() -> None:
    estate = two(peered=False)
    at = Span("/root.tf", 1, 1, 1, 2)
    given = frozenset({estate.id("aws_vpc.one")})
    estate.gaps.append(Gap("root", frozenset({Kind.ANY}), "it was not read", at, given))
    assert estate.found("PL402") == []
    (asked,) = questions(RULES["PL402"], estate.network)
    assert asked.reason == "it was not read"


def test_another_stack_may_peer_what_it_does_not_make_itself() -> None:
    network, groups = Ordered(stack="network"), Ordered(stack="groups")
    one, other = network.vpc("one", "10.0.0.0/16"), network.vpc("other", "10.1.0.0/16")
    groups.rule("r", groups.group("one", one, network.place), groups.group("other", other, network.place))
    joined = link([network.ordered, groups.ordered])
    (found,) = links(joined)
    assert unpeered(joined, found) == Maybe("aws_vpc.one may be peered by code that is not in the input")


def test_an_undecided_order_is_asked_about() -> None:
    estate = two(peered=True)
    estate.order = Given((), {("aws_security_group_rule.r", "aws_vpc_peering_connection.p")})
    assert estate.found("PL403") == []
    assert [asked.reason for asked in questions(RULES["PL403"], estate.network)] == ["it depends"]


def test_a_peering_that_exists_needs_no_order() -> None:
    estate = Ordered()
    one, other = estate.vpc("one", "10.0.0.0/16"), estate.vpc("other", "10.1.0.0/16")
    estate.peering("p", one, other, auto_accept=Known(True), accepted=True)
    estate.rule("r", estate.group("one", one), estate.group("other", other))
    assert estate.found("PL403") == []


def test_a_peering_that_may_join_the_same_vpcs_is_another_one() -> None:
    estate = two(peered=True)
    elsewhere = Ordered(stack="elsewhere")
    elsewhere.peering("p", unknown("var.one", stack="elsewhere"), unknown("var.other", stack="elsewhere"))
    network = link([estate.ordered, elsewhere.ordered])
    assert len(findings(RULES["PL403"], network)) == 1
