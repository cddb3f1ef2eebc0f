"""Paths of one machine → paths of a repository, wherever that lies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable


class Relocation:
    """Texts without the directory of a repository in them."""

    def __init__(self, directory: str, files: Iterable[str]) -> None:
        """The repository in an absolute directory, of which, or beside which, some files were read."""
        self._directory = directory
        self._named = re.compile(rf"(?<![\w./\\-]){re.escape(directory)}(?![\w-]|\.\w)")
        self._files = frozenset(files)

    def file(self, path: str) -> str:
        """A path relative to the repository, with slashes; one outside of it leads there by ``..``."""
        return _writable(os.path.relpath(path, self._directory).replace(os.sep, "/"))

    def text(self, text: str) -> str | list[str]:
        """A text; where it names the repository's directory, the parts around its names."""
        if text in self._files:
            return ["", f"/{self.file(text)}"]
        if self._directory not in text:
            return _writable(text)
        first, *rest = (_writable(part) for part in self._named.split(text))
        return [first, *rest] if rest else first


def _writable(text: str) -> str:
    """A text that UTF-8 can write: names of files may hold bytes that it cannot."""
    return text if text.isascii() else text.encode(errors="replace").decode()
