"""From what there is to read to the fragments of the network; a stack that makes a reader fail costs only itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from peerlint.config import StatedStack
from peerlint.discover import Exclude, Sources
from peerlint.engine import Crash, crash
from peerlint.limits import LIMITS, Limits
from peerlint.network.model import Fragment, Language, Problem
from peerlint.network.values import Span
from peerlint.project import project_of
from peerlint.terraform.options import Assignment
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.cache.store import Store
    from peerlint.exchange.importing import Imported
    from peerlint.terraform.plan import Opened

Progress: TypeAlias = Callable[[str], None]
Job: TypeAlias = tuple[str, str, Callable[[], list[Fragment]]]
"""What a stack is called, the file or directory it is in, and its reader."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the command line and the configuration say about the input. ``parameters`` and ``inventory`` are files.

    ``peerings_only`` tells that nobody asks about what has nothing to do with a peering, nor with what stands in place
    of one. ``store`` has what earlier runs have parsed.
    """

    exclude: Exclude
    assignments: tuple[Assignment, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    region: str | None = None
    account: str | None = None
    workspace: str | None = None
    limits: Limits = LIMITS
    inventory: tuple[str, ...] = ()
    stacks: tuple[StatedStack, ...] = ()
    peerings_only: bool = False
    store: Store | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and the bugs that were met."""

    fragments: tuple[Fragment, ...]
    crashes: tuple[Crash, ...]


def read(sources: Sources, options: ReadOptions, progress: Progress) -> Reading:
    """The fragment of every stack. ``progress`` is told each stack before it is read.

    Raises ConfigError for a variable or parameter that cannot be used.
    """
    fragments: list[Fragment] = []
    crashes: list[Crash] = []
    plans: list[Opened] = []
    for imported in _imported(sources.exports, progress):
        fragments += imported.fragments
        crashes += imported.crashes
    for path in sources.plans:
        from peerlint.read_terraform import opened_plan

        try:
            opened = opened_plan(path, sources)
        except Exception as error:  # a bug of the reader: said as PL900, and the rest is still read
            crashes.append(crash(f"reading {path} failed", Span(path, 1, 1, 1, 1), error))
            continue
        if isinstance(opened, Problem):
            fragments.append(_of_problem(opened))
        else:
            plans.append(opened)
    jobs = (
        *_terraform(sources, options, plans),
        *_templates(sources, options),
        *_inventory(options),
    )
    for label, file, reader in jobs:
        progress(label)
        try:
            fragments += reader()
        except ConfigError:
            raise
        except Exception as error:  # a bug of a reader: said as PL900, and the other stacks are still read
            crashes.append(crash(f"reading {label} failed", Span(file, 1, 1, 1, 1), error))
    if options.store is not None:
        _leave_trees()
    fragments += [_of_problem(problem) for problem in sources.problems]
    return Reading(tuple(fragments), tuple(crashes))


def _leave_trees() -> None:
    """What was parsed is left to later runs, which need not parse it again."""
    from peerlint.terraform.trees import TREES

    TREES.save()


def _imported(paths: Sequence[str], progress: Progress) -> Iterator[Imported]:
    """What each file that ``peerlint export`` wrote tells of."""
    if paths:
        from peerlint.exchange.importing import Imported, Imports

        imports = Imports()
        for path in paths:
            progress(path)
            try:
                yield imports.read(path)
            except Exception as error:  # a bug of the reader: said as PL900, and the others are still read
                yield Imported((), [crash(f"reading {path} failed", Span(path, 1, 1, 1, 1), error)])


def _terraform(sources: Sources, options: ReadOptions, plans: Sequence[Opened]) -> Iterator[Job]:
    """A job for each plan and state, and for each root."""
    if plans or sources.directories or sources.touched:
        from peerlint.read_terraform import jobs
        from peerlint.terraform.trees import TREES

        TREES.open(options.store, project_of(next(iter(sources.given), os.getcwd()), sources.given))
        yield from jobs(sources, options, plans, _is_concerned(sources, options, plans))


def _is_concerned(sources: Sources, options: ReadOptions, plans: Sequence[Opened]) -> bool:
    """Whether all Terraform roots are asked about, whatever stands in them."""
    templates = (*sources.templates, *sources.touched_templates, *sources.assemblies)
    return not options.peerings_only or any((plans, options.inventory, options.stacks, templates, sources.exports))


def _templates(sources: Sources, options: ReadOptions) -> Iterator[Job]:
    """A job for each stack of the templates."""
    if sources.templates or sources.touched_templates or sources.assemblies:
        from peerlint.read_templates import jobs

        yield from jobs(sources, options)


def _inventory(options: ReadOptions) -> Iterator[Job]:
    """A job for all files of the inventory together."""
    if options.inventory:
        from peerlint import inventory

        yield "the inventory", options.inventory[0], lambda: [inventory.read(options.inventory, options.limits)]


def _of_problem(problem: Problem) -> Fragment:
    return Fragment(problem.address, Language.TERRAFORM, problems=(problem,))
