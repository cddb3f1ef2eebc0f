"""The exit codes."""

from __future__ import annotations

CLEAN, FOUND, MISUSED, UNREADABLE, BUG = range(5)
