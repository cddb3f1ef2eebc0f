"""From the Terraform directories and plans there are to read to the roots that they make."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from peerlint.discover import Exclude, Sources, terraform_directories
from peerlint.network.model import Fragment, KeptState, Problem, ProblemKind
from peerlint.project import project_of, repository_root
from peerlint.terraform.options import TerraformOptions
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.jobs import Job
    from peerlint.read_options import ReadOptions
    from peerlint.terraform.others import Others, Unit
    from peerlint.terraform.plan import Opened
    from peerlint.terraform.roots import Root


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The states that roots of other repositories keep, and whether one of these may read a state that is kept here."""

    states: Sequence[KeptState]
    asks: bool


def jobs(
    sources: Sources, options: ReadOptions, plans: Sequence[Opened], concerned: bool, elsewhere: Elsewhere
) -> Iterator[Job]:
    """A job for each plan and state, and for each root; none for a root that a plan was made from.

    Unless they are ``concerned``, no root is evaluated where none has to do with a peering.
    """
    yield from _plans(plans, sources, options)
    told = _roots(sources, options, plans)
    if told:
        yield from _jobs_of(told, concerned, elsewhere)


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


def _jobs_of(roots: Sequence[tuple[Root, TerraformOptions]], concerned: bool, elsewhere: Elsewhere) -> Iterator[Job]:
    """A job for each root, or for each deployment of one that is evaluated: its values may be outputs of all roots."""
    from peerlint import terraform

    concerned = concerned or any(terraform.is_concerned(root, told) for root, told in roots)
    evaluated = [
        (root, told)
        for root, told in roots
        if _is_told(told) or (terraform.bears(root, told) if concerned else not terraform.is_whole(root, told))
    ]
    stated = _Stated(roots, elsewhere)
    for root, told in roots:
        if (root, told) not in evaluated:
            yield root.label, root.directory, partial(stated.outlined, root, told)
    for root, told in evaluated:
        for one in _deployed(root, told):
            name = one.deployment.name if one.deployment is not None else ""
            label = f"{root.label} with {name}" if name else root.label
            yield label, root.directory, partial(stated.read, root, one)


def _is_told(told: TerraformOptions) -> bool:
    """Whether the user sets variables, in which there may be mistakes."""
    return bool(told.assignments) or any(name.startswith("TF_VAR_") for name in told.environment)


class _Stated:
    """The roots of a run as they read each other's state, and those elsewhere."""

    def __init__(self, roots: Sequence[tuple[Root, TerraformOptions]], elsewhere: Elsewhere) -> None:
        self._roots = roots
        self._elsewhere = elsewhere

    @cached_property
    def _others(self) -> Others:
        from peerlint.terraform.others import Others, unit_of

        def units() -> list[Unit]:
            return [unit_of(root.directory, one) for root, told in self._roots for one in _deployed(root, told)]

        return Others(units, self._elsewhere.states)

    def outlined(self, root: Root, told: TerraformOptions) -> list[Fragment]:
        """The fragment of a root that is not evaluated, except for roots elsewhere."""
        from peerlint import terraform

        fragment = terraform.outlined(root, told)
        if not self._elsewhere.asks or not fragment.deployment:
            return [fragment]
        stacks = [one.deployment.stack for one in _deployed(root, told) if one.deployment is not None]
        return [replace(fragment, keeps=tuple(kept for stack in stacks for kept in self._others.kept(stack)))]

    def read(self, root: Root, told: TerraformOptions) -> list[Fragment]:
        """The fragment of a root as it is deployed. Raises ConfigError."""
        from peerlint import terraform
        from peerlint.terraform.variables import VariableError

        try:
            fragment = terraform.read(root, replace(told, others=self._others))
        except VariableError as error:
            raise ConfigError(str(error)) from error
        if not self._elsewhere.asks:
            return [fragment]
        kept = self._others.kept(fragment.stack)
        return [replace(fragment, keeps=kept, reads=self._others.read_elsewhere(fragment.stack))]


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


def _deployed(root: Root, told: TerraformOptions) -> Iterator[TerraformOptions]:
    """The same for each deployment of the root."""
    from peerlint import terraform

    for deployment in terraform.deployments_of(root, told):
        yield replace(told, deployment=deployment)


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
