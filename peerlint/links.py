"""Symbolic links, which would lead reading, or showing a line, to where nothing is to be read: out of a project, or to
a file of another kind (a key, a password file).
"""

from __future__ import annotations

import os

from peerlint import filesystem
from peerlint.project import is_below


def is_foreign_link(path: str) -> bool:
    """Whether a file is a link to one with another suffix, of which nothing is to be read or shown."""
    if not filesystem.is_link(path) or not filesystem.exists(path):
        return False
    return os.path.splitext(filesystem.target(path))[1] != os.path.splitext(path)[1]


def lies_in(path: str, directory: str) -> bool:
    """Whether a file is below a directory, wherever links on the way to either lead."""
    return is_below(filesystem.target(path), filesystem.target(directory))
