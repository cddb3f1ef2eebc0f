"""Is a file one that ``peerlint export`` wrote? A look at its first bytes."""

from __future__ import annotations

import re

from peerlint import filesystem
from peerlint.encodings import encoding_of

HEAD = 4096
"""How many bytes are looked at: the format is the first thing that is written."""

_FORMAT = re.compile(r'\s*\{\s*"format"\s*:\s*"peerlint-network"')


def is_export(path: str) -> bool:
    """Whether a file begins as an export does; false for what cannot be opened or is no regular file."""
    try:
        head = filesystem.read(path, HEAD)
    except (OSError, ValueError):
        return False
    return _FORMAT.match(head.decode(encoding_of(head), errors="replace").removeprefix("\ufeff")) is not None
