"""What a run is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from peerlint.terraform.options import Assignment


class Request(Struct, frozen=True):
    """What a user asks for on the command line; ``None`` and empty leave it to the configuration.

    ``processes`` is how many processes read, which changes nothing of what they find; ``None`` for what pays.
    """

    paths: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    region: str | None = None
    account: str | None = None
    workspace: str | None = None
    inventory: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    today: date = field(default_factory=date.today)
    processes: int | None = None
