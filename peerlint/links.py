"""Symbolic links that would lead reading, or showing a line, to files of another kind: a key, a password file."""

from __future__ import annotations

import os


def is_foreign_link(path: str) -> bool:
    """Whether a file is a link to one with another suffix, of which nothing is to be read or shown."""
    if not os.path.islink(path) or not os.path.exists(path):
        return False
    return os.path.splitext(os.path.realpath(path))[1] != os.path.splitext(path)[1]
