"""In what order the deployment of a stack makes what the stack declares."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from peerlint.network.order.drawn import Drawing
from peerlint.network.values import Maybe, Truth


class Order(Protocol):
    """What waits for what in one stack. Nothing is worked out before it is asked for."""

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Whether the thing with one address is made only once that with another is, directly or through others."""

    def drawing(self, addresses: Collection[str]) -> Drawing | None:
        """The order of the things with these addresses as data; ``None`` where nothing tells it."""


class Untold:
    """The order of a stack of which nothing tells it: an inventory, a state."""

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Never told."""
        return Maybe(f"it is not told what {later} waits for")

    def drawing(self, addresses: Collection[str]) -> Drawing | None:
        """There is none."""
        return None


UNTOLD = Untold()
