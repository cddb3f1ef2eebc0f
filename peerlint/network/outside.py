"""VPCs that the configuration describes because no code in the input does."""

from __future__ import annotations

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.values import Span


class OutsideVpc(Struct, frozen=True):
    """A row of ``[[tool.peerlint.vpc]]``: how the code refers to a VPC (``id``, ``name``), and what is known of it."""

    at: Span
    cidrs: tuple[Cidr, ...] = ()
    id: str | None = None
    name: str | None = None
    tags: tuple[tuple[str, str], ...] = ()
    region: str | None = None
    account: str | None = None
