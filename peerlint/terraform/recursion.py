"""How deeply code may be nested: it is read, kept and evaluated by functions that call themselves."""

from __future__ import annotations

import sys

FRAMES = 6_000
"""What is nested deeper is not read."""


def allow() -> None:
    """Let functions call themselves so often in this process."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), FRAMES))
