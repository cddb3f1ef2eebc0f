"""The one place that looks at the file system; it remembers what it saw.

A run is a function of what it was asked for and of what it sees here. So whoever keeps its result, and finds by
:func:`still_holds` that all of it looks the same, need not run again.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from typing import NamedTuple, TypeAlias


class Look(StrEnum):
    """What is asked about a path."""

    CONTENT = "content"
    ENTRIES = "entries"
    KIND = "kind"
    IS_LINK = "link"
    TARGET = "target"
    SIZE = "size"
    READABLE = "readable"


class Kind(StrEnum):
    """What a path leads to, links followed."""

    FILE = "file"
    DIRECTORY = "directory"
    OTHER = "other"
    NOTHING = "nothing"


class Entry(NamedTuple):
    """A name in a directory: what it leads to, and whether it is a symbolic link itself."""

    name: str
    kind: Kind
    is_link: bool


Sight: TypeAlias = tuple[Look, str, int]
"""What was asked, about which path, and how many bytes of its content (-1 for all)."""

_seen: dict[Sight, str] = {}
_changed: set[Sight] = set()
_listings: dict[str, list[Entry]] = {}
_listed: dict[str, Entry] = {}


def _remember(sight: Sight, answer: str) -> None:
    if _seen.setdefault(sight, answer) != answer:
        _changed.add(sight)


def seen() -> Mapping[Sight, str] | None:
    """All that this process has asked so far, with the answers; ``None`` where two answers to one question differ."""
    return None if _changed else dict(_seen)


def mark() -> int:
    """How much was asked so far, for :func:`since`."""
    return len(_seen)


def since(mark: int) -> list[tuple[Sight, str]]:
    """What was asked for the first time since then, with the answers; twice where there have been two of them."""
    return [*islice(_seen.items(), mark, None), *((sight, "") for sight in _changed)]


def learn(sights: Iterable[tuple[Sight, str]]) -> None:
    """Remember what another process has asked."""
    for sight, answer in sights:
        _remember(sight, answer)


def forget() -> None:
    """Begin anew, as a new process would."""
    for memory in (_seen, _changed, _listings, _listed):
        memory.clear()


def still_holds(sight: Sight, answer: str) -> bool:
    """Whether a question has the same answer now. Nothing is remembered."""
    look, path, most = sight
    return _ANSWERS[look](path, most) == answer


def read(path: str, most: int = -1) -> bytes:
    """The first ``most`` bytes of a file, by default all. Raises OSError, ValueError for no path."""
    try:
        content = _read(path, most)
    except (OSError, ValueError) as error:
        _remember((Look.CONTENT, path, most), _failure(error))
        raise
    _remember((Look.CONTENT, path, most), sha256(content).hexdigest())
    return content


def entries(directory: str) -> Sequence[Entry]:
    """What is in a directory, by name, as it was when first asked. Raises OSError, ValueError for no path."""
    known = _listings.get(directory)
    if known is not None:
        return known
    try:
        found = _entries(directory)
    except (OSError, ValueError) as error:
        _remember((Look.ENTRIES, directory, 0), _failure(error))
        raise
    _remember((Look.ENTRIES, directory, 0), _digest(found))
    _listings[directory] = found
    _listed.update((os.path.join(directory, entry.name), entry) for entry in found)
    return found


def names(directory: str) -> list[str]:
    """The names in a directory, sorted. Raises OSError, ValueError for no path."""
    return [entry.name for entry in entries(directory)]


def walk(top: str, refused: Callable[[OSError], None] | None = None) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each directory from ``top`` down with its directories and other files, both sorted, as ``os.walk`` has them.

    Who removes a directory from the list keeps the walk out of it. Links to directories are not followed. ``refused``
    is told of a directory that cannot be listed.
    """
    try:
        found = entries(top)
    except OSError as error:
        if refused is not None:
            refused(error)
        return
    below = [entry.name for entry in found if entry.kind is Kind.DIRECTORY]
    links = {entry.name for entry in found if entry.is_link}
    yield top, below, [entry.name for entry in found if entry.kind is not Kind.DIRECTORY]
    for name in below:
        if name not in links:
            yield from walk(os.path.join(top, name), refused)


def kind(path: str) -> Kind:
    """What a path leads to; nothing as well where that cannot be told."""
    if path in _listed:
        return _listed[path].kind
    return Kind(_answer(Look.KIND, path))


def is_file(path: str) -> bool:
    """Whether a path leads to a regular file."""
    return kind(path) is Kind.FILE


def is_directory(path: str) -> bool:
    """Whether a path leads to a directory."""
    return kind(path) is Kind.DIRECTORY


def exists(path: str) -> bool:
    """Whether a path leads to anything."""
    return kind(path) is not Kind.NOTHING


def is_link(path: str) -> bool:
    """Whether the path itself is a symbolic link."""
    if path in _listed:
        return _listed[path].is_link
    return _answer(Look.IS_LINK, path) == str(True)


def target(path: str) -> str:
    """The path without links on the way. Raises ValueError for no path."""
    return _answer(Look.TARGET, path)


def size(path: str) -> int:
    """Bytes of a file. Raises OSError, ValueError for no path."""
    answer = _answer(Look.SIZE, path)
    return os.path.getsize(path) if answer.startswith("!") else int(answer)


def is_readable(path: str) -> bool:
    """Whether a file may be read."""
    return _answer(Look.READABLE, path) == str(True)


def _answer(look: Look, path: str) -> str:
    """What there is to a path, as it was when first asked."""
    sight = look, path, 0
    if sight not in _seen:
        _seen[sight] = _ANSWERS[look](path, 0)
    return _seen[sight]


def _read(path: str, most: int) -> bytes:
    """A pipe or a device, which may never end, is not read."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        there = status.st_size + 1  # one more, so that the end is seen
        return file.read(there if most < 0 else min(there, most)) or b""


def _entries(directory: str) -> list[Entry]:
    with os.scandir(directory) as found:
        return sorted(Entry(entry.name, _kind_of(entry), entry.is_symlink()) for entry in found)


def _kind_of(entry: os.DirEntry[str]) -> Kind:
    try:
        if entry.is_file():
            return Kind.FILE
        if entry.is_dir():
            return Kind.DIRECTORY
    except OSError:
        return Kind.NOTHING
    return _kind(entry.path) if entry.is_symlink() else Kind.OTHER


def _kind(path: str) -> Kind:
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return Kind.NOTHING
    if stat.S_ISREG(mode):
        return Kind.FILE
    return Kind.DIRECTORY if stat.S_ISDIR(mode) else Kind.OTHER


def _digest(found: list[Entry]) -> str:
    text = "\0".join(f"{name}/{kind}/{is_link:d}" for name, kind, is_link in found)
    return sha256(text.encode(errors="surrogateescape")).hexdigest()


def _failure(error: OSError | ValueError) -> str:
    return f"!{error.errno if isinstance(error, OSError) else error}"


def _content(path: str, most: int) -> str:
    try:
        return sha256(_read(path, most)).hexdigest()
    except (OSError, ValueError) as error:
        return _failure(error)


def _listing(path: str, _: int) -> str:
    try:
        return _digest(_entries(path))
    except (OSError, ValueError) as error:
        return _failure(error)


def _size(path: str, _: int) -> str:
    try:
        return str(os.path.getsize(path))
    except (OSError, ValueError) as error:
        return _failure(error)


_ANSWERS: Mapping[Look, Callable[[str, int], str]] = {
    Look.CONTENT: _content,
    Look.ENTRIES: _listing,
    Look.KIND: lambda path, _: _kind(path),
    Look.IS_LINK: lambda path, _: str(os.path.islink(path)),
    Look.TARGET: lambda path, _: os.path.realpath(path),
    Look.SIZE: _size,
    Look.READABLE: lambda path, _: str(os.access(path, os.R_OK)),
}
