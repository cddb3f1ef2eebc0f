"""What is said about the input, whatever it is written in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from peerlint.config import StatedStack
from peerlint.discover import Exclude
from peerlint.limits import LIMITS, Limits
from peerlint.terraform.options import Assignment

if TYPE_CHECKING:
    from peerlint.cache.store import Store


class ReadOptions(Struct, frozen=True):
    """What the command line and the configuration say about the input. ``parameters`` and ``inventory`` are files.

    ``peerings_only`` tells that nobody asks about what has nothing to do with a peering, nor with what stands in place
    of one. ``store`` has what earlier runs have parsed. ``processes`` is how many processes read side by side, ``None``
    for as many as there is work for. ``for_others`` tells that what is read is for runs elsewhere.
    """

    exclude: Exclude
    assignments: tuple[Assignment, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    region: str | None = None
    account: str | None = None
    workspace: str | None = None
    limits: Limits = LIMITS
    inventory: tuple[str, ...] = ()
    stacks: tuple[StatedStack, ...] = ()
    peerings_only: bool = False
    for_others: bool = False
    store: Store | None = None
    processes: int | None = None
