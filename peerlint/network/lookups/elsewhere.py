"""Why what the input only looks up may have more than is seen of it."""

from __future__ import annotations

from typing import Protocol

from peerlint.network.model import Origin
from peerlint.network.values import Maybe, Unknown, Written


class LookedUp(Protocol):
    """A thing that other code declares."""

    @property
    def origin(self) -> Origin:
        """Where it is looked up."""

    @property
    def id(self) -> Written[str]:
        """Its id, which tells what it likely is."""


def elsewhere(what: str, thing: LookedUp) -> Maybe:
    """The doubt about what a thing has that is only looked up: "the routes of data.aws_route_table.x …"."""
    likely = f" ({thing.id.detail})" if isinstance(thing.id, Unknown) and thing.id.detail else ""
    return Maybe(f"the {what} of {thing.origin.name} are declared elsewhere{likely}")
