"""Whole runs: what was printed, and all that it was made from.

A run is repeated in vain where it is asked for the same, by the same code, and sees the same files as before. What it
saw is asked again (:mod:`peerlint.filesystem`), and the code is looked at as a build tool does: by size and time.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from peerlint import __version__
from peerlint.cache.store import Store
from peerlint.filesystem import Look, seen, still_holds

KIND = "runs-1"
"""Changes with the format of what is kept."""


class Printed(Struct, frozen=True):
    """The report of a run, and its exit code."""

    report: str
    code: int


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    """Paths, answers and the report are bytes, as a file's name may be no text."""

    sights: list[tuple[Look, bytes, int, bytes]]
    stamps: list[tuple[bytes, int, int]]
    report: bytes
    code: int


def digest_of(asked: Sequence[str]) -> str:
    """The name under which a run is kept: what it is asked for, where it stands, and who runs it."""
    parts = (__version__, sys.version, sys.executable, os.getcwd(), *asked)
    return sha256(b"\0".join(part.encode(errors="surrogateescape") for part in parts)).hexdigest()


def recall(store: Store, digest: str) -> Printed | None:
    """What a run has printed, where it would print the same again."""
    content = store.get(KIND, digest)
    if content is None:
        return None
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept)
    except msgspec.MsgspecError:
        return None
    if not all(_stamp(os.fsdecode(path)) == (size, time) for path, size, time in kept.stamps):
        return None
    sights = (((look, os.fsdecode(path), most), os.fsdecode(answer)) for look, path, most, answer in kept.sights)
    if not all(still_holds(sight, answer) for sight, answer in sights):
        return None
    return Printed(kept.report.decode(errors="surrogatepass"), kept.code)


def remember(store: Store, digest: str, printed: Printed) -> None:
    """Keep what the run of this process has printed, unless what it saw has changed under its hands."""
    sightings = seen()
    if sightings is None:
        return
    sights = [
        (look, os.fsencode(path), most, os.fsencode(answer)) for (look, path, most), answer in sorted(sightings.items())
    ]
    stamps = [(os.fsencode(path), *stamp) for path in _code() if (stamp := _stamp(path)) is not None]
    kept = _Kept(sights, stamps, printed.report.encode(errors="surrogatepass"), printed.code)
    store.put(KIND, digest, msgspec.msgpack.encode(kept))


def _code() -> list[str]:
    """The files of all modules but Python's own, and the folders in which a new one would be found."""
    own = sysconfig.get_path("stdlib")
    files = {
        file
        for module in list(sys.modules.values())
        if isinstance(file := getattr(module, "__file__", None), str)
        and not (file.startswith(own) and "site-packages" not in file)
    }
    folders = {os.path.dirname(file) for file in files} | {path for path in sys.path if os.path.isdir(path)}
    return sorted(files | folders)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns
