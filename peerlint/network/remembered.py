"""Answers of analyses that are worked out once for each network."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from peerlint.network.network import Network

P = ParamSpec("P")
T = TypeVar("T")


def remembered(analysis: Callable[Concatenate[Network, P], T]) -> Callable[Concatenate[Network, P], T]:
    """The analysis, which keeps its answers with the network, so that many rules may ask for one.

    Arguments are told apart by identity, which costs nothing for entities however deep they are: they have to be ones
    that live as long as the network (its entities, sides, versions), and are given by their position. An answer is no
    generator.
    """

    @wraps(analysis)
    def answer(network: Network, /, *args: P.args, **kwargs: P.kwargs) -> T:
        known = network.answers[analysis]
        key = tuple(map(id, args))
        found = known.get(key)
        if found is None:
            found = known[key] = (args, analysis(network, *args, **kwargs))
        result: T = found[1]
        return result

    return answer
