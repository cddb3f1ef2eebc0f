"""What well-known registry modules make, for calls of which the source is not on disk.

Each folder beside this file describes one module: ``summary.toml`` says for which releases which of its Terraform files
hold, and what they leave out. A summary stands in for a module only where every release that the call may mean is
described, and every argument of the call is known.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct, field

from peerlint.network.model import Kind
from peerlint.terraform.arguments import META_ARGUMENTS
from peerlint.terraform.ast import Block
from peerlint.terraform.config import ModuleConfig, load_files
from peerlint.terraform.summaries.placing import placed
from peerlint.terraform.summaries.source import Named, registry_module
from peerlint.terraform.summaries.versions import Range, Release, allowed, only, release_of

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEADER = "summary.toml"


class Summary(Struct, frozen=True):
    """The description of some releases of a module, of all that ``released`` names with their commits.

    ``without_effect`` are inputs on which nothing depends that peerlint reads, ``unstated`` are outputs without a value
    here, and ``leaves_out`` are the kinds of thing that the module may make beyond what ``files`` declare.
    """

    module: str
    versions: str
    files: tuple[str, ...]
    released: Mapping[Release, str] = field(default_factory=dict)
    without_effect: frozenset[str] = frozenset()
    unstated: frozenset[str] = frozenset()
    leaves_out: frozenset[Kind] = frozenset()

    @property
    def title(self) -> str:
        """What a message calls it."""
        return f"`{self.module}` {self.versions}"

    @property
    def range(self) -> Range:
        """The releases that it describes."""
        found = allowed(self.versions)
        assert found is not None
        return found

    def configuration(self) -> ModuleConfig:
        """What its files declare, at their own places."""
        return load_files(os.path.dirname(self.files[0]), self.files)

    def at(self, call: Block) -> ModuleConfig:
        """What its files declare, every place moved to the call."""
        return placed(self.configuration(), call)


class Unfit(Struct, frozen=True):
    """Why no summary of a module that has some is used, as the end of a sentence."""

    reason: str


def summary_for(call: Block) -> Summary | Unfit | None:
    """The summary that holds for a module call; ``None`` where the module has none."""
    named = _named(call)
    if named is None:
        return None
    known = summaries(named.module)
    if not known:
        return None
    if named.submodule:
        return Unfit(f"peerlint has no summary of the folder `{named.submodule}` of `{named.module}`")
    meant = _meant(named, call, known[0].released)
    if isinstance(meant, Unfit):
        return meant
    found = next((summary for summary in known if summary.range.holds(meant)), None)
    if found is None:
        described = ", or ".join(summary.versions for summary in known)
        return Unfit(f"peerlint's summary of `{named.module}` holds only for {described}")
    strange = sorted(_arguments(call) - found.configuration().variables.keys() - found.without_effect)
    if strange:
        return Unfit(f"peerlint's summary of {found.title} has no input `{strange[0]}`")
    return found


def summaries(module: str) -> tuple[Summary, ...]:
    """All summaries of a registry module; none where it has none."""
    return _read(os.path.join(FOLDER, module.replace("/", "__")))


@lru_cache(maxsize=64)
def _read(folder: str) -> tuple[Summary, ...]:
    import tomllib

    try:
        with open(os.path.join(folder, HEADER), "rb") as file:
            header = tomllib.load(file)
    except OSError:
        return ()
    return tuple(
        Summary(
            header["module"],
            row["versions"],
            tuple(os.path.join(folder, name) for name in row["files"]),
            {release_of(release): commit for release, commit in header["releases"].items()},
            frozenset(header["without_effect"]),
            frozenset(header["unstated"]),
            frozenset(Kind(name) for name in header["leaves_out"]),
        )
        for row in header["range"]
    )


def _named(call: Block) -> Named | None:
    source = call.text_of("source")
    return registry_module(source) if source is not None else None


def _meant(named: Named, call: Block, released: Mapping[Release, str]) -> Range | Unfit:
    """The releases that a call may mean: Terraform takes the newest that its constraint allows."""
    summarised = f"peerlint's summary of `{named.module}`"
    pinned = next((release for release, commit in released.items() if commit == named.version), None)
    if pinned is not None:
        return only(pinned)
    if named.version == "":
        return Unfit(f"{summarised} needs a release as `ref`")
    if named.version is None and "version" not in call.body.attributes:
        return Unfit(f"{summarised} needs a `version`: without one the newest is meant")
    constraint = named.version or call.text_of("version") or ""
    found = allowed(constraint)
    if found is None:
        return Unfit(f"{summarised} needs a `version` that is a constraint on releases")
    return found.newest(released)


def _arguments(call: Block) -> set[str]:
    return (call.body.attributes.keys() | {block.type for block in call.body.blocks}) - META_ARGUMENTS
