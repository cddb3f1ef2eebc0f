"""How the work of a run grows with an estate: counted in calls of functions, which no clock and no machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from types import FrameType

import pytest

from benchmarks.estates.model import SETTINGS, fragments_of
from benchmarks.estates.shapes import Estate, Scale, estate
from peerlint import engine, registry
from peerlint.engine import Plan, Result
from peerlint.network.link import link
from peerlint.network.network import Network
from peerlint.records import replace
from peerlint.rule import Rule
from peerlint.worlds import estate_of

RULES = registry.load()
MARGIN = 1.1
"""What is allowed beyond growth in proportion, as the first of anything costs more than the next."""


def _run(made: Estate) -> Result:
    fragments = fragments_of(made)
    joined = estate_of(fragments, lambda each: link(each, (), SETTINGS))
    return engine.run(joined, Plan(RULES, RULES, {}, date(2026, 6, 1)))


def _calls(work: Callable[[], object]) -> int:
    """How many calls of functions, Python's own included, some work makes."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def _growth(small: Estate, large: Estate) -> float:
    """How much more work the larger of two estates is."""
    return _calls(lambda: _run(large)) / _calls(lambda: _run(small))


def _parts(made: Estate) -> int:
    """What is declared: what an estate without peerings grows by."""
    return sum(len(fragment.entities) for fragment in fragments_of(made))


LITTLE = Scale(routes=10, rules=10, subnets=2)


def _by_rule(made: Estate) -> dict[str, int]:
    """The calls that each rule makes for an estate; what several ask is asked by the first of them."""
    network = link(fragments_of(made), (), SETTINGS)
    return {rule.id: _calls(partial(_applied, rule, network)) for rule in RULES}


def _applied(rule: Rule, network: Network) -> list[object]:
    return list(rule.check(network))


@pytest.mark.parametrize(("told", "wrong"), [(True, 0), (True, 1), (False, 0), (False, 1)])
def test_each_rule_grows_no_faster_than_the_peerings_of_a_mesh(told: bool, wrong: int) -> None:
    small, large = (estate("mesh", size, replace(LITTLE, routes=size, told=told, wrong=wrong)) for size in (8, 16))
    most = MARGIN * len(large.connections) / len(small.connections)
    calls, more = _by_rule(small), _by_rule(large)
    assert {id: more[id] / calls[id] for id in calls if more[id] > most * calls[id]} == {}


@pytest.mark.parametrize("shape", ["partial", "chain", "hub", "flat"])
@pytest.mark.parametrize("wrong", [0, 2])
def test_an_estate_grows_with_what_it_declares(shape: str, wrong: int) -> None:
    small, large = (estate(shape, size, replace(LITTLE, wrong=wrong)) for size in (16, 32))
    peerings = len(large.connections) / max(len(small.connections), 1)
    assert _growth(small, large) <= MARGIN * max(_parts(large) / _parts(small), peerings)


MANY = Scale(routes=20, rules=20, tables=2, subnets=8)


@pytest.mark.parametrize(
    "more",
    [
        replace(MANY, routes=4 * MANY.routes),
        replace(MANY, rules=4 * MANY.rules),
        replace(MANY, tables=4 * MANY.tables),
        replace(MANY, subnets=4 * MANY.subnets),
    ],
)
def test_a_vpc_grows_with_what_it_has(more: Scale) -> None:
    assert _growth(estate("partial", 8, MANY), estate("partial", 8, more)) <= MARGIN * 4
