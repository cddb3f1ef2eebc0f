"""The modules that a directory reaches by its calls, told by their sources alone: nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from peerlint.terraform.config import ModuleConfig, load_module
from peerlint.terraform.sources import find_module, manifest

MAX_MODULES = 5_000
"""By their addresses; of what calls more, not all is looked at."""


class Home(Struct, frozen=True):
    """The root that modules are called from, the project outside of which nothing is read, and the most bytes of a
    file.
    """

    root: str
    project: str
    max_size: int


class Reach(Struct, frozen=True):
    """A module and all that it calls, at any depth, by directory. ``whole`` tells whether all of that is on disk and
    every file of it could be read, but for what stands in the blocks.
    """

    modules: Mapping[str, ModuleConfig]
    whole: bool


def reach(directory: str, address: str, home: Home) -> Reach:
    """What the module in a directory reaches; its address in its root is empty for the root itself."""
    return _reach(directory, address if manifest(home.root) else "", home)


@lru_cache(maxsize=4096)
def _reach(directory: str, address: str, home: Home) -> Reach:
    found: dict[str, ModuleConfig] = {}
    pending, seen, whole = [(directory, address)], {(directory, address)}, True
    while pending:
        here, named = pending.pop()
        found[here] = config = load_module(here, home.max_size)
        whole = whole and config.complete
        for name in config.modules:
            below = called(config, name, named, home)
            if below is None or len(seen) > MAX_MODULES:
                whole = False
                continue
            child = (below, _child(named, name) if manifest(home.root) else "")
            if child not in seen and below != here:
                seen.add(child)
                pending.append(child)
    return Reach(found, whole)


def called(config: ModuleConfig, name: str, address: str, home: Home) -> str | None:
    """The directory that a call in a module leads to, or ``None`` where that is not on disk."""
    source = config.modules[name].text_of("source")
    if source is None:
        return None
    return find_module(source, config.directory, _child(address, name), home.root, home.project)


def _child(address: str, name: str) -> str:
    return f"{address}.module.{name}" if address else f"module.{name}"
