"""The order of a stack as data, for what is told of a stack whose source is not at hand."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from msgspec import Struct

from peerlint.network.order.reach import Edge, Graph
from peerlint.network.values import Truth

N = TypeVar("N", bound=Hashable)


class Wait(Struct, frozen=True):
    """A step to the node with a number, or (``None``) to one that is not told; ``doubt`` is why it may not be there."""

    to: int | None
    doubt: str = ""


class Drawing(Struct, frozen=True):
    """What waits for what: the number of the node of each address, and what leads out of each node."""

    nodes: Mapping[str, int]
    waits: tuple[tuple[Wait, ...], ...]


def drawing(graph: Graph[N], nodes: Mapping[str, N]) -> Drawing:
    """A graph as far as it can be reached from the nodes that some addresses have."""
    edges = graph.edges_from(dict.fromkeys(nodes.values()))
    numbers = {node: number for number, node in enumerate(edges)}
    waits = (tuple(Wait(None if e.to is None else numbers[e.to], e.doubt) for e in found) for found in edges.values())
    return Drawing({address: numbers[node] for address, node in nodes.items()}, tuple(waits))


class DrawnOrder:
    """The order of a stack for the addresses of a drawing; nothing waits for what has none of them."""

    def __init__(self, drawn: Drawing) -> None:
        """The order that a drawing tells."""
        self.drawn = drawn
        self._graph = Graph(self._edges)

    def __reduce__(self) -> tuple[type[DrawnOrder], tuple[Drawing]]:
        """The drawing is all there is to send."""
        return DrawnOrder, (self.drawn,)

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Whether the thing with one address is made only once that with another is."""
        if later not in self.drawn.nodes:
            return False
        return self._graph.reached(self.drawn.nodes[later]).holds(self.drawn.nodes.get(earlier, -1))

    def drawing(self, addresses: Collection[str]) -> Drawing:
        """The drawing itself."""
        return self.drawn

    def _edges(self, node: int) -> tuple[Edge[int], ...]:
        return tuple(Edge(wait.to, wait.doubt) for wait in self.drawn.waits[node])
