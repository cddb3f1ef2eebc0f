"""What can be reached, against every path tried one by one."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from peerlint.network.order.reach import Edge, Graph
from peerlint.network.values import Maybe, Truth

NODES = range(6)
edges = st.tuples(st.sampled_from(NODES), st.none() | st.sampled_from(NODES), st.sampled_from(["", "doubt"]))


def obvious(start: int, goal: int, found: list[tuple[int, int | None, str]]) -> Truth:
    """The answer of every graph that the possible edges may make; an edge to what is not told may lead to any node."""
    certain = [(one, other) for one, other, doubt in found if not doubt and other is not None]
    possible = [(one, node) for one, other, _ in found for node in (NODES if other is None else (other,))]
    if _connected(start, goal, certain):
        return True
    return Maybe("") if _connected(start, goal, possible) else False


def _connected(start: int, goal: int, steps: list[tuple[int, int]]) -> bool:
    reached = {other for one, other in steps if one == start}
    for _ in NODES:
        reached |= {other for one, other in steps if one in reached}
    return goal in reached


@given(st.lists(edges, max_size=12), st.sampled_from(NODES), st.sampled_from(NODES))
def test_reaches_what_some_path_leads_to(found: list[tuple[int, int | None, str]], start: int, goal: int) -> None:
    assume(start != goal)
    found = [(one, other, doubt or ("doubt" if other is None else "")) for one, other, doubt in found]
    graph = Graph[int](lambda node: [Edge(other, doubt) for one, other, doubt in found if one == node])
    answer = graph.reached(start).holds(goal)
    expected = obvious(start, goal, found)
    assert type(answer) is type(expected)
    assert isinstance(answer, Maybe) or answer == expected
