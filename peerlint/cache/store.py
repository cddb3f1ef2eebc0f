"""A folder of small files by name and digest: safe when damaged, full, read-only or used by many at once.

Whatever is wrong with it, a run goes on without: what cannot be read is not there, what cannot be written is not kept.
"""

from __future__ import annotations

import os
import stat
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress

from msgspec import Struct

FOLDER = "PEERLINT_CACHE_DIR"
"""The environment variable that names another folder."""

MAX_BYTES = 256 << 20
"""Of all files together; the longest unused ones are removed beyond it."""

MAX_ENTRY = 32 << 20
"""Bytes of one file."""

TOUCHED_EVERY = 3600
"""Seconds after which the use of a file is noted again."""


def default_folder() -> str:
    """The folder that is used where nobody names another one."""
    named = os.environ.get(FOLDER)
    if named:
        return os.path.abspath(named)
    import platformdirs

    return platformdirs.user_cache_dir("peerlint", appauthor=False)


class Store(Struct, frozen=True):
    """The files in a folder. ``most`` is how many bytes they may have together."""

    folder: str
    most: int = MAX_BYTES

    def get(self, kind: str, digest: str) -> bytes | None:
        """What was put there, as far as anyone can tell; ``None`` where there is nothing to be had.

        A folder that others may write to, and links in it, are not used.
        """
        path = self._path(kind, digest)
        try:
            if not _is_own(self.folder):
                return None
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with open(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_ENTRY:
                    return None
                content = file.read(MAX_ENTRY)
            if time.time() - status.st_mtime > TOUCHED_EVERY:
                os.utime(path)
        except OSError:
            return None
        return content

    def put(self, kind: str, digest: str, content: bytes) -> None:
        """Keep something for later runs, where that is possible."""
        self.put_all(kind, [(digest, content)])

    def put_all(self, kind: str, contents: Iterable[tuple[str, bytes]]) -> None:
        """Keep several things, each under its digest, where that is possible."""
        with suppress(OSError):
            for digest, content in contents:
                if len(content) <= MAX_ENTRY and self._is_made(kind, digest):
                    _replace(self._path(kind, digest), content)
            self._prune()

    def _is_made(self, kind: str, digest: str) -> bool:
        """Whether the folder for an entry is there, made where it was not. Raises OSError."""
        path = self._path(kind, digest)
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        if not _is_own(self.folder):
            return False
        for folder in (os.path.dirname(os.path.dirname(path)), os.path.dirname(path)):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        return True

    def clear(self) -> int:
        """Remove all that is kept; returns how many bytes that was. Raises OSError where it cannot be removed."""
        removed = 0
        for path, size, _ in self._files():
            os.unlink(path)
            removed += size
        return removed

    def _path(self, kind: str, digest: str) -> str:
        return os.path.join(self.folder, kind, digest[:2], digest)

    def _prune(self) -> None:
        files = sorted(self._files(), key=lambda file: file[2])
        total = sum(size for _, size, _ in files)
        for path, size, _ in files:
            if total <= self.most:
                return
            with suppress(OSError):
                os.unlink(path)
            total -= size

    def _files(self) -> list[tuple[str, int, float]]:
        """The path, size and time of last use of every file."""
        found = []
        for place, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(place, name)
                with suppress(OSError):
                    status = os.lstat(path)
                    found.append((path, status.st_size, status.st_mtime))
        return found


def _is_own(folder: str) -> bool:
    """Whether nobody else may write to a folder, where the system can tell."""
    if not hasattr(os, "getuid"):
        return True
    status = os.stat(folder)
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _replace(path: str, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    descriptor, beside = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)
        raise
