"""The settings that rules and analyses read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration lets a user change about the rules. ``public_ports`` may be open to the world."""

    public_ports: frozenset[int] = frozenset({80, 443})
