"""Names that refer to each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Edges: TypeAlias = Mapping[str, Sequence[str]]


def circles(edges: Edges) -> list[tuple[str, ...]]:
    """One circle for each group of names that reach each other, in the order of ``edges``.

    It is the shortest one from the first name of the group; a circle of one name refers to itself. What has no edges of
    its own is in none.
    """
    order = {name: number for number, name in enumerate(edges)}
    groups = (sorted(group, key=order.__getitem__) for group in _groups(edges))
    found = [circle for group in groups if (circle := _circle(group, edges)) is not None]
    return sorted(found, key=lambda circle: order[circle[0]])


def _circle(group: Sequence[str], edges: Edges) -> tuple[str, ...] | None:
    """The shortest way from the first name of a group back to itself."""
    start, members = group[0], set(group)
    before: dict[str, str] = {}
    pending = [start]
    for name in pending:
        for other in edges[name]:
            if other == start:
                way = [name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if other in members and other not in before:
                before[other] = name
                pending.append(other)
    return None


def _groups(edges: Edges) -> Iterator[list[str]]:
    """The groups of names that reach each other (strongly connected components, by Tarjan), single ones included."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: dict[str, None] = {}
    for start in edges:
        if start in number:
            continue
        path = [(start, iter(edges[start]))]
        number[start] = lowest[start] = len(number)
        stack[start] = None
        while path:
            name, others = path[-1]
            other = next((o for o in others if o in edges and (o in stack or o not in number)), None)
            if other is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    yield _popped(stack, name)
            elif other in number:
                lowest[name] = min(lowest[name], number[other])
            else:
                number[other] = lowest[other] = len(number)
                stack[other] = None
                path.append((other, iter(edges[other])))


def _popped(stack: dict[str, None], last: str) -> list[str]:
    group = [stack.popitem()[0]]
    while group[-1] != last:
        group.append(stack.popitem()[0])
    return group


def in_a_circle(names: Sequence[str]) -> str:
    """A circle in words."""
    shown = [f"`{name}`" for name in names]
    if len(shown) == 1:
        return f"{shown[0]} refers to itself"
    return f"{', '.join(shown[:-1])} and {shown[-1]} refer to each other in a circle"
