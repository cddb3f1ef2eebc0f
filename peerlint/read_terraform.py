"""From the Terraform directories and plans there are to read to the roots that they make."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from peerlint.discover import Exclude, Sources, terraform_directories
from peerlint.network.model import Fragment, Problem, ProblemKind
from peerlint.project import project_of, repository_root
from peerlint.terraform.options import TerraformOptions
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.jobs import Job
    from peerlint.read_options import ReadOptions
    from peerlint.read_roots import Elsewhere
    from peerlint.terraform.plan import Opened
    from peerlint.terraform.roots import Root


def jobs(
    sources: Sources, options: ReadOptions, plans: Sequence[Opened], concerned: bool, elsewhere: Elsewhere
) -> Iterator[Job]:
    """A job for each plan and state, and for each root; none for a root that a plan was made from.

    Unless they are ``concerned``, no root is evaluated where none has to do with a peering.
    """
    yield from _plans(plans, sources, options)
    told = _roots(sources, options, plans)
    if told:
        from peerlint.read_roots import jobs_of

        yield from jobs_of(told, concerned, elsewhere)


def opened_plan(path: str, sources: Sources) -> Opened | Problem:
    """A plan or state, or what is wrong with it."""
    from peerlint.terraform.plan import open_plan
    from peerlint.terraform.plan.format import PlanError

    try:
        return open_plan(path, _candidates(path, sources))
    except PlanError as error:
        return Problem(ProblemKind.UNREADABLE_INPUT, str(error), error.at, path)


def _candidates(path: str, sources: Sources) -> list[str]:
    """Where the root of a plan may be: what was given, where one is, and the directories around the plan."""
    directory = os.path.dirname(path)
    top = project_of(directory, sources.given)
    around = [directory]
    while around[-1] != top and os.path.dirname(around[-1]) != around[-1]:
        around.append(os.path.dirname(around[-1]))
    return [*sources.given, *sources.directories, os.getcwd(), *around[1:]]


def _plans(plans: Sequence[Opened], sources: Sources, options: ReadOptions) -> Iterator[Job]:
    """A job for each plan and state."""
    for opened in plans:
        yield opened.path, opened.path, partial(_read_plan, opened, options, sources.given)


def _read_plan(opened: Opened, options: ReadOptions, given: Sequence[str]) -> list[Fragment]:
    from peerlint.terraform.plan import read_plan
    from peerlint.terraform.variables import VariableError

    project = project_of(opened.directory or os.path.dirname(opened.path), given)
    told = TerraformOptions(
        project, options.assignments, options.environment, workspace=options.workspace, limits=options.limits
    )
    try:
        return [read_plan(opened, told)]
    except VariableError as error:
        raise ConfigError(str(error)) from error


def _roots(sources: Sources, options: ReadOptions, plans: Sequence[Opened]) -> Sequence[tuple[Root, TerraformOptions]]:
    """The roots of the directories, those of a repository that reach a touched directory, and what is said of each.

    A plan stands for the root that it was made from.
    """
    if not sources.directories and not sources.touched:
        return ()
    from peerlint.terraform.roots import find_roots

    most = options.limits.file_size
    roots = {root.directory: root for root in find_roots(sources.directories, most)}
    for project in dict.fromkeys(project_of(directory) for directory in sources.touched):
        touched = frozenset(directory for directory in sources.touched if project_of(directory) == project)
        for root in find_roots(_around(project, touched, options.exclude), most):
            if _reaches(root.directory, touched, set(), most):
                roots.setdefault(root.directory, root)
    _check_variables(list(roots), options)
    planned = {opened.directory for opened in plans}
    unplanned = [root for directory, root in roots.items() if directory not in planned]
    return [(root, _told(root, options, sources.given)) for root in unplanned]


def _told(root: Root, options: ReadOptions, given: Sequence[str]) -> TerraformOptions:
    """What is said about a root."""
    return TerraformOptions(
        project_of(root.directory, given),
        options.assignments,
        options.environment,
        options.exclude,
        workspace=options.workspace,
        limits=options.limits,
    )


def _check_variables(roots: Sequence[str], options: ReadOptions) -> None:
    """Refuse a ``--var`` that no root declares, as Terraform does. Raises ConfigError."""
    from peerlint.terraform.config import load_module

    most = options.limits.file_size
    declared = {name for root in roots for name in load_module(root, most).variables}
    whole = all(load_module(root, most).complete for root in roots)
    for kind, text in options.assignments:
        name = text.partition("=")[0]
        if kind == "var" and roots and whole and name not in declared:
            raise ConfigError(f"--var {name}: no root that is checked declares this variable")


def _around(project: str, touched: frozenset[str], exclude: Exclude) -> tuple[str, ...]:
    """The Terraform directories among which the callers of a touched one are looked for."""
    found = () if repository_root(project) is None else terraform_directories(project, exclude)
    return tuple(dict.fromkeys((*found, *sorted(touched))))


def _reaches(directory: str, wanted: frozenset[str], seen: set[str], max_size: int) -> bool:
    """Whether a directory is wanted, or calls one that is, over any number of modules."""
    from peerlint.terraform.config import load_module
    from peerlint.terraform.roots import called_directories

    if directory in wanted:
        return True
    seen.add(directory)
    called = called_directories(load_module(directory, max_size))
    return any(_reaches(callee, wanted, seen, max_size) for callee in called if callee not in seen)
