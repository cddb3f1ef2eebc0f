"""Syntax trees that were made before: of an expression that is written alike, wherever it stands now.

In one run most expressions are written more than once, and from one run to the next hardly any is new. Nothing here
imports the parser, which a run needs not that meets no new expression.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version

import msgspec

from peerlint.cache.store import Store
from peerlint.terraform import recursion
from peerlint.terraform.ast import Expr, Unreadable
from peerlint.terraform.packed import Malformed, Packed, packed, unpacked

MAX_PACK = 16 << 20
"""Bytes of the trees of one project; beyond it, only those are kept that the last run used."""

PARSER = ("lark", "python-hcl2")
CODE = ("ast.py", "grammar.py", "layout.py", "packed.py", "parse_trees.py", "syntax.py", "templates.py")
"""What makes trees: where any of it is another, trees are made anew."""


class Trees:
    """The trees of a process, with those that earlier ones left."""

    def __init__(self) -> None:
        """None yet."""
        self._kept: dict[str, msgspec.Raw] | None = None
        self._used: dict[str, Packed] = {}
        self._added: set[str] = set()
        self._store: Store | None = None
        self._project = ""

    def open(self, store: Store | None, project: str) -> None:
        """From now on, use what earlier runs on a project have left in a store; it is read when it is needed."""
        self._store, self._project, self._kept = store, _place(project), None

    def find(self, text: str, file: str, line: int, column: int) -> Expr | None:
        """The expression that is written so, at a place; ``None`` where it has to be parsed."""
        recursion.allow()
        try:
            if text not in self._used:
                kept = self._earlier().get(_name(text))
                if kept is None:
                    return None
                self._used[text] = msgspec.msgpack.decode(kept)
            return unpacked(self._used[text], file, line, column)
        except (Malformed, msgspec.MsgspecError, RecursionError):
            return None

    def add(self, text: str, expr: Expr, line: int, column: int) -> None:
        """Keep the expression that is written so, at a place, unless it is nested too deeply for that."""
        if not isinstance(expr, Unreadable):
            with suppress(RecursionError):
                self._used[text] = packed(expr, line, column)
                self._added.add(text)

    def taken(self) -> dict[str, Packed]:
        """What was added, by its text; from now on, nothing is."""
        added = {text: self._used[text] for text in self._added}
        self._added.clear()
        return added

    def learn(self, trees: Mapping[str, Packed]) -> None:
        """Keep what another process has added."""
        self._used.update(trees)
        self._added.update(trees)

    def save(self) -> None:
        """Leave what this run has added to later ones."""
        if self._store is None or not self._added:
            return
        with suppress(RecursionError):
            added = {_name(text): msgspec.Raw(msgspec.msgpack.encode(self._used[text])) for text in sorted(self._added)}
            content = msgspec.msgpack.encode({**self._earlier(), **added})
            if len(content) > MAX_PACK:
                content = msgspec.msgpack.encode({_name(text): tree for text, tree in self._used.items()})
            self._store.put(_kind(), _digest(self._project), content)
        self._added.clear()

    def _earlier(self) -> dict[str, msgspec.Raw]:
        if self._kept is None:
            content = self._store.get(_kind(), _digest(self._project)) if self._store is not None else None
            self._kept = _decoded(content)
        return self._kept


TREES = Trees()
"""Those of this process."""


def _decoded(content: bytes | None) -> dict[str, msgspec.Raw]:
    try:
        return msgspec.msgpack.decode(content, type=dict[str, msgspec.Raw]) if content is not None else {}
    except msgspec.MsgspecError:
        return {}


@lru_cache(maxsize=1)
def _kind() -> str:
    """What trees are kept as."""
    parts = [version(name) for name in PARSER]
    for name in CODE:
        with suppress(OSError), open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
            parts.append(file.read())
    return f"trees-{_digest(chr(0).join(parts))[:16]}"


def _place(project: str) -> str:
    """What the trees of a project are kept under: its name, so that it is the same wherever it is checked out."""
    return os.path.basename(project) or project


def _name(text: str) -> str:
    return _digest(text)[:32]


def _digest(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()
