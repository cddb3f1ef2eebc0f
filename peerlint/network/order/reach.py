"""What can be reached in a graph of which some edges are only possible."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from peerlint.network.values import Maybe, Truth

N = TypeVar("N", bound=Hashable)


class Edge(Struct, Generic[N], frozen=True):
    """A step to a node, or (``None``) to one that is not told. ``doubt`` says why it may not be there."""

    to: N | None
    doubt: str = ""


class Reached(Struct, Generic[N], frozen=True):
    """What is certainly reached, what only may be with the reason, and why anything else may be."""

    certain: frozenset[N]
    possible: dict[N, str]
    anything: str = ""

    def holds(self, node: N) -> Truth:
        """Whether a node is reached."""
        if node in self.certain:
            return True
        doubt = self.possible.get(node, self.anything)
        return Maybe(doubt) if doubt else False


class Graph(Generic[N]):
    """A graph whose edges are found when they are asked for, those of each node once."""

    def __init__(self, edges: Callable[[N], Iterable[Edge[N]]]) -> None:
        """A graph with the edges that lead out of each node."""
        self._find = edges
        self._edges: dict[N, tuple[Edge[N], ...]] = {}
        self._reached: dict[N, Reached[N]] = {}

    def reached(self, start: N) -> Reached[N]:
        """What is reached from a node in one step or more."""
        if start not in self._reached:
            certain = tuple(self._certain(start))
            possible, anything = self._possible(dict.fromkeys((start, *certain)))
            self._reached[start] = Reached(frozenset(certain), possible, anything)
        return self._reached[start]

    def edges_from(self, starts: Iterable[N]) -> Mapping[N, tuple[Edge[N], ...]]:
        """The edges that lead out of some nodes, and out of all that is reached from these, certainly or possibly."""
        found: dict[N, tuple[Edge[N], ...]] = {}
        pending = list(starts)
        while pending:
            node = pending.pop()
            if node not in found:
                found[node] = self._out_of(node)
                pending.extend(edge.to for edge in found[node] if edge.to is not None)
        return found

    def _out_of(self, node: N) -> tuple[Edge[N], ...]:
        if node not in self._edges:
            self._edges[node] = tuple(dict.fromkeys(self._find(node)))
        return self._edges[node]

    def _certain(self, start: N) -> Iterator[N]:
        seen: set[N] = set()
        pending = [start]
        while pending:
            for edge in self._out_of(pending.pop()):
                if edge.to is not None and not edge.doubt and edge.to not in seen:
                    seen.add(edge.to)
                    pending.append(edge.to)
                    yield edge.to

    def _possible(self, certain: Mapping[N, None]) -> tuple[dict[N, str], str]:
        """What is reached over possible edges as well, each with the first doubt on the way to it."""
        found: dict[N, str] = {}
        anything = ""
        pending = [(node, "") for node in certain]
        while pending:
            node, doubt = pending.pop(0)
            for edge in self._out_of(node):
                reason = doubt or edge.doubt
                if edge.to is None:
                    anything = anything or reason
                elif reason and edge.to not in certain and edge.to not in found:
                    found[edge.to] = reason
                    pending.append((edge.to, reason))
        return found, anything
