"""Which files of a folder a run has read: a tool that passes them over is not a fast one.

Each file's time of last access is set to long ago before the run, and has moved afterwards where the file was read.
That is the kernel's own account, the same for every tool, whatever it says about itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

LONG_AGO = 1_000_000_000
"""In nanoseconds: before any file was written, so that a file system mounted with ``relatime`` moves it too."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How many files there were, and how many of them were read."""

    read: int
    there: int


def files_read(files: Iterable[Path], run: Callable[[], object]) -> Reading | None:
    """How many of the files ``run`` read; None where there are none, or the file system keeps no times of access."""
    files = tuple(files)
    told = bool(files) and _keeps_access_times(files[0])
    for file in files:
        _forget(file)
    run()
    return Reading(sum(map(_was_read, files)), len(files)) if told else None


def _keeps_access_times(file: Path) -> bool:
    _forget(file)
    file.read_bytes()
    return _was_read(file)


def _forget(file: Path) -> None:
    os.utime(file, ns=(LONG_AGO, file.stat().st_mtime_ns))


def _was_read(file: Path) -> bool:
    return file.stat().st_atime_ns != LONG_AGO
