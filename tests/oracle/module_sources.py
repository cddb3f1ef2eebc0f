"""Real modules on disk, as ``<namespace>__<name>__<provider>/<release>/``, and roots that have them installed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peerlint import filesystem
from peerlint.terraform import sources
from peerlint.terraform.ast import Literal
from peerlint.terraform.config import load_module
from peerlint.terraform.sources import local_module
from peerlint.terraform.summaries import Summary
from peerlint.terraform.summaries.source import registry_module
from peerlint.terraform.summaries.versions import allowed, release_of

RELEASE = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Sources:
    """A folder of real modules."""

    folder: Path

    def releases(self, summary: Summary) -> list[str]:
        """The releases of a summary's module that are there and in its range, oldest first."""
        return [name for name in self._all(summary.module) if release_of(name) in summary.range]

    def directory(self, module: str, release: str) -> Path:
        """Where a release lies."""
        return self.folder / module.replace("/", "__") / release

    def newest(self, module: str, constraint: str) -> Path | None:
        """The newest release that a constraint allows, or ``None`` where none is there."""
        wanted = allowed(constraint)
        found = [name for name in self._all(module) if wanted is not None and release_of(name) in wanted]
        return self.directory(module, found[-1]) if found else None

    def _all(self, module: str) -> list[str]:
        folder = self.folder / module.replace("/", "__")
        names = [path.name for path in folder.iterdir() if RELEASE.fullmatch(path.name)] if folder.is_dir() else []
        return sorted(names, key=release_of)


def install(root: Path, module: str, release: str, name: str, there: Sources) -> None:
    """Record the source of a root's module call ``name``, and of those modules in it that are there, as
    ``terraform init`` does.
    """
    rows = [{"Key": key, "Dir": str(path)} for key, path in _installed(name, there.directory(module, release), there)]
    manifest = root / ".terraform" / "modules" / "modules.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"Modules": rows}))


def _installed(key: str, directory: Path, there: Sources) -> Iterator[tuple[str, Path]]:
    yield key, directory
    for name, block in load_module(str(directory)).modules.items():
        texts = {
            argument: block.body.attributes[argument].expr
            for argument in ("source", "version")
            if argument in block.body.attributes
        }
        source, version = texts["source"], texts.get("version")
        assert isinstance(source, Literal)
        local = local_module(str(source.value), str(directory))
        if local is not None and os.path.isdir(local):
            yield from _installed(f"{key}.{name}", Path(local), there)
            continue
        named = registry_module(str(source.value))
        assert named is not None, source.value
        constraint = str(version.value) if isinstance(version, Literal) else named.version or ">= 0"
        newest = there.newest(named.module, constraint)
        if newest is not None:
            yield from _installed(f"{key}.{name}", newest, there)


def forget() -> None:
    """Look again for what is installed."""
    filesystem.forget()
    sources.manifest.cache_clear()
