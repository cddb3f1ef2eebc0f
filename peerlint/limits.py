"""What one root may cost, so that nothing a file can contain makes a run hang or use unbounded memory."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Real roots stay far below the defaults. What is past a limit is unknown, and PL901 says where.

    ``steps`` are expressions evaluated in one root beside ten for each line of it, ``instances`` those of its
    resources and modules (of its own blocks without ``count`` and ``for_each``, none counts), ``text`` characters of
    one string, ``elements`` those of one value at any depth, ``depth`` modules in modules, ``file_size`` bytes of one
    file, ``inventory_size`` those of one file of an inventory.
    """

    steps: int = 200_000
    instances: int = 10_000
    text: int = 1_000_000
    elements: int = 200_000
    depth: int = 30
    file_size: int = 8 << 20
    inventory_size: int = 64 << 20


LIMITS = Limits()
