"""What the tools are run on: folders below a scratch folder, so that nothing but the tools touches them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks.estates.shapes import Scale, estate
from benchmarks.estates.terraform import write

INPUTS = Path(__file__).with_name("inputs")
NUMBER = "NUMBER"
"""What stands in a template of ``inputs/templates`` for its number."""


class Language(Enum):
    """By the names that checkov's frameworks and trivy's scanners have."""

    TERRAFORM = "terraform"
    CLOUDFORMATION = "cloudformation"


SUFFIXES = {Language.TERRAFORM: ".tf", Language.CLOUDFORMATION: ".yaml"}


@dataclass(frozen=True, slots=True)
class Workload:
    """A folder, and the language of the files in it that count."""

    name: str
    folder: Path
    language: Language

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are written in its language."""
        found = self.folder.rglob(f"*{SUFFIXES[self.language]}")
        return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def two_files(scratch: Path) -> Workload:
    """One root of two files: two VPCs and a peering."""
    return _copied("two-file root", INPUTS / "two-files", scratch)


def ten_modules(scratch: Path) -> Workload:
    """One root that calls ten modules: a hub and six spokes."""
    return _copied("ten-module root", INPUTS / "ten-modules", scratch)


def one_template(scratch: Path) -> Workload:
    """One template: two VPCs and a peering."""
    return _templates("one template", scratch, ["network"])


def hundred_templates(scratch: Path) -> Workload:
    """A folder of twenty networks with a peering each and of eighty applications without one."""
    return _templates("100 templates", scratch, ["network"] * 20 + ["application"] * 80)


def tree(scratch: Path, folder: Path) -> Workload:
    """A copy of a folder, without what git keeps in it."""
    return _copied(folder.absolute().name, folder, scratch)


def mesh(scratch: Path, size: int) -> Workload:
    """A root in which each of ``size`` VPCs is peered with each other."""
    folder = scratch / f"mesh-{size}"
    write(estate("mesh", size, Scale()), folder)
    return Workload(f"full mesh of {size}", folder, Language.TERRAFORM)


def _copied(name: str, source: Path, scratch: Path) -> Workload:
    folder = scratch / name.replace(" ", "-")
    shutil.copytree(source, folder, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    return Workload(name, folder, Language.TERRAFORM)


def _templates(name: str, scratch: Path, kinds: list[str]) -> Workload:
    folder = scratch / name.replace(" ", "-")
    folder.mkdir()
    for number, kind in enumerate(kinds):
        text = (INPUTS / "templates" / f"{kind}.yaml").read_text()
        (folder / f"{kind}-{number}.yaml").write_text(text.replace(NUMBER, str(number)))
    return Workload(name, folder, Language.CLOUDFORMATION)
