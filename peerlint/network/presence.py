"""Whether a resource exists."""

from __future__ import annotations

from peerlint.network.model import Presence
from peerlint.network.values import Maybe


def uncertain(presence: Presence) -> Maybe | None:
    """Why a resource may not exist, or ``None`` where it certainly does."""
    return None if presence.doubt is None else Maybe(presence.doubt)
