"""From what there is to read to the fragments of the network; a stack that makes a reader fail costs only itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from peerlint.discover import Sources
from peerlint.engine import Crash, crash
from peerlint.jobs import Job, outcomes
from peerlint.network.model import Fragment, Language, Problem
from peerlint.network.values import Span
from peerlint.project import project_of
from peerlint.read_options import ReadOptions
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.exchange.importing import Imported
    from peerlint.terraform.plan import Opened

Progress: TypeAlias = Callable[[str], None]


class Reading(Struct, frozen=True):
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
    jobs: tuple[Job, ...] = (
        *_terraform(sources, options, plans, fragments),
        *_templates(sources, options),
        *_inventory(options),
    )
    for made in outcomes(jobs, options.processes, progress):
        match made:
            case ConfigError():
                raise made
            case Crash():
                crashes.append(made)
            case _:
                fragments += made
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


def _terraform(
    sources: Sources, options: ReadOptions, plans: Sequence[Opened], elsewhere: Sequence[Fragment]
) -> Iterator[Job]:
    """A job for each plan and state, and for each root, which may read the states that are told of elsewhere."""
    if plans or sources.directories or sources.touched:
        from peerlint.read_roots import Elsewhere
        from peerlint.read_terraform import jobs
        from peerlint.terraform.kept_states import without_places
        from peerlint.terraform.trees import TREES

        TREES.open(options.store, project_of(next(iter(sources.given), os.getcwd()), sources.given))
        kept = [state if not options.for_others else without_places(state) for f in elsewhere for state in f.keeps]
        asked = options.for_others or any(fragment.reads for fragment in elsewhere)
        yield from jobs(sources, options, plans, _is_concerned(sources, options, plans), Elsewhere(kept, asked))


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
