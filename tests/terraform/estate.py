"""Roots written into a folder, read as peerlint reads them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from peerlint import filesystem
from peerlint.network.model import Entity, Fragment
from peerlint.terraform import Root, TerraformOptions, read
from peerlint.terraform.config import load_module, read_file

E = TypeVar("E", bound=Entity)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder, with the files in it; their common indentation is taken away."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"))
    filesystem.forget()
    load_module.cache_clear()
    read_file.cache_clear()
    return folder


def estate(folder: Path, files: Mapping[str, str] | str, **options: Any) -> Fragment:
    """The fragment of a root; a single text is its ``main.tf``."""
    write(folder, {"main.tf": files} if isinstance(files, str) else files)
    return read(Root(str(folder), "root"), TerraformOptions(str(folder), **options))


def of(fragment: Fragment, kind: type[E]) -> list[E]:
    """The entities of a kind."""
    return [entity for entity in fragment.entities if isinstance(entity, kind)]


def one(fragment: Fragment, kind: type[E], address: str = "") -> E:
    """The only entity of a kind, or the one with this address."""
    found = [e for e in of(fragment, kind) if not address or e.origin.address == address]
    assert len(found) == 1, [e.origin.address for e in of(fragment, kind)]
    return found[0]
