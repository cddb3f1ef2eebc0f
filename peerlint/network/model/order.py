"""In what order the deployment of a stack makes what the stack declares."""

from __future__ import annotations

from typing import Protocol

from peerlint.network.values import Maybe, Truth


class Order(Protocol):
    """What waits for what in one stack. Nothing is worked out before it is asked for."""

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Whether the thing with one address is made only once that with another is, directly or through others."""


class Untold:
    """The order of a stack of which nothing tells it: an inventory, a state."""

    def waits_for(self, later: str, earlier: str) -> Truth:
        """Never told."""
        return Maybe(f"it is not told what {later} waits for")


UNTOLD = Untold()
