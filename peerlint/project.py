"""The project that a file belongs to: its repository, outside of which nothing is read."""

from __future__ import annotations

import os
from collections.abc import Sequence

from peerlint import filesystem


def repository_root(directory: str) -> str | None:
    """The nearest directory upward that holds ``.git``, or ``None`` outside a repository."""
    while not filesystem.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent
    return directory


def project_of(directory: str, given: Sequence[str] = ()) -> str:
    """The directory outside of which nothing is read for a root: its repository, else the current or a given directory
    if the root lies in it, else the root itself.
    """
    around = [path for path in (os.getcwd(), *given) if directory == path or is_below(directory, path)]
    return repository_root(directory) or min(around, key=len, default=directory)


def is_below(path: str, directory: str) -> bool:
    """Whether an absolute path lies inside a directory, at any depth; the directory itself does not."""
    return path.startswith(directory.rstrip(os.sep) + os.sep)
