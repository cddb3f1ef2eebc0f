"""From the templates there are to read to the stacks that they make."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from peerlint import cloudformation
from peerlint.cloudformation.options import CloudFormationOptions, ParameterValue, read_parameters
from peerlint.cloudformation.stacks.assembly import SynthesisedStack, read_assembly
from peerlint.cloudformation.stacks.deployments import Fitting, deployments_of
from peerlint.cloudformation.stacks.files import TemplateFiles
from peerlint.cloudformation.stacks.roots import Callers
from peerlint.conditions import STATED
from peerlint.config import StatedStack
from peerlint.discover import Sources, nesting_templates
from peerlint.network.model import Deployment, Fragment, Language, Problem
from peerlint.project import project_of, repository_root
from peerlint.records import replace
from peerlint.usage import ConfigError

if TYPE_CHECKING:
    from peerlint.jobs import Job
    from peerlint.read_options import ReadOptions


class _Planned(Struct, frozen=True):
    """A stack to read: its id, its template, what is stated about it, and which of a template's deployments it is."""

    stack: str
    template: str
    options: CloudFormationOptions
    deployment: Deployment | None = None


def jobs(sources: Sources, options: ReadOptions) -> Iterator[Job]:
    """A job for each stack: of the templates that no other nests, of those that nest one that was named, of the
    assemblies of the CDK, and of the configuration's table.
    """
    files = TemplateFiles()
    for planned in _Plan(sources, options, files).stacks():
        yield planned.stack, planned.template, partial(_read, planned, files)
    for directory in sources.assemblies:
        for problem in read_assembly(directory).problems:
            yield problem.at.file, problem.at.file, partial(_of_problem, problem)


def _read(planned: _Planned, files: TemplateFiles) -> list[Fragment]:
    fragment = cloudformation.read(planned.template, planned.options, files, planned.stack)
    return [replace(fragment, deployment=planned.deployment)]


def _of_problem(problem: Problem) -> list[Fragment]:
    return [Fragment(problem.address, Language.CLOUDFORMATION, problems=(problem,))]


class _Plan:
    """Which stacks there are to read."""

    def __init__(self, sources: Sources, options: ReadOptions, files: TemplateFiles) -> None:
        self._sources = sources
        self._options = options
        self._files = files
        self._given = _parameters(options.parameters)

    def stacks(self) -> Iterator[_Planned]:
        """The stacks, each with an id of its own."""
        for directory in self._sources.assemblies:
            yield from self._synthesised(directory, read_assembly(directory).stacks)
        templates = self._templates()
        fitting = Fitting(templates, self._files, self._about)
        for path in templates:
            rows = [row for row in self._options.stacks if row.template == path]
            beside = _of_assembly(path)
            if rows:
                yield from self._stated(path, rows)
            elif beside is not None:
                yield from self._synthesised(os.path.dirname(path), [beside])
            elif self._given:
                yield _Planned(path, path, self._about(path))
            else:
                yield from self._deployed(path, fitting)

    def _templates(self) -> list[str]:
        """The templates that are stacks of their own."""
        callers = Callers(self._files, self._about)
        reached: list[str] = []
        for project, touched in _by_project(self._sources).items():
            around = () if repository_root(project) is None else nesting_templates(project, self._options.exclude)
            reached += callers.reaching(touched, around)
        present = (*self._sources.templates, *self._sources.touched_templates)
        stated = [row.template for row in self._options.stacks if row.template in present]
        return list(dict.fromkeys((*callers.outermost((*self._sources.templates, *reached)), *stated)))

    def _about(self, path: str) -> CloudFormationOptions:
        project = project_of(os.path.dirname(path), self._sources.given)
        return CloudFormationOptions(self._given, self._options.region, self._options.account, project)

    def _stated(self, path: str, rows: Sequence[StatedStack]) -> Iterator[_Planned]:
        """The stacks that the configuration says a template is deployed as, all of them side by side."""
        for row, called in zip(rows, _told_apart(rows), strict=True):
            told = self._about(path)
            options = replace(
                told,
                parameters={**told.parameters, **_parameters(row.parameters)},
                region=row.region or told.region,
                account=row.account or told.account,
                name=row.name,
            )
            label = f"{path}{STATED}{called}" if len(rows) > 1 or row.name else path
            yield _Planned(label, path, options)

    def _synthesised(self, directory: str, stacks: Sequence[SynthesisedStack]) -> Iterator[_Planned]:
        """The stacks of an assembly, under the names that they are deployed by."""
        for stack in stacks:
            told = self._about(stack.template)
            options = replace(
                told,
                parameters={**stack.parameters, **told.parameters},
                region=stack.region or told.region,
                account=stack.account or told.account,
                name=stack.name,
            )
            alone = sum(other.name == stack.name for other in stacks) == 1
            yield _Planned(os.path.join(directory, stack.name) if alone else stack.template, stack.template, options)

    def _deployed(self, path: str, fitting: Fitting) -> Iterator[_Planned]:
        """The deployments of a template with the parameter files that fit it, or without any."""
        for deployment in deployments_of(path, fitting):
            told = self._about(path)
            parameters = {**told.parameters, **_parameters(deployment.files)}
            own = deployment if deployment.files or fitting.files_of(path) else None
            yield _Planned(deployment.stack, path, replace(told, parameters=parameters), own)


def _told_apart(rows: Sequence[StatedStack]) -> list[str]:
    """What each stack of a template is called, no two alike: a name is one in a Region of an account only."""
    places = [
        (row.name or "", f"{row.name} in {row.region}", f"{row.name} in {row.region} of {row.account}") for row in rows
    ]
    taken = [name for names in places for name in set(names)]
    return [
        next((name for name in names if row.name and taken.count(name) == 1), str(number))
        for number, (row, names) in enumerate(zip(rows, places, strict=True), 1)
    ]


def _of_assembly(path: str) -> SynthesisedStack | None:
    """The stack whose template was named, where it is one of an assembly of the CDK."""
    stacks = read_assembly(os.path.dirname(path)).stacks
    return next((stack for stack in stacks if stack.template == path), None)


def _by_project(sources: Sources) -> Mapping[str, Sequence[str]]:
    """The templates that were named, by the project that they lie in."""
    found: dict[str, list[str]] = {}
    for path in sources.touched_templates:
        found.setdefault(project_of(os.path.dirname(path)), []).append(path)
    return found


def _parameters(files: Iterable[str]) -> Mapping[str, ParameterValue]:
    """The parameter values of all the files; of two values for one name, the later file's."""
    values: dict[str, ParameterValue] = {}
    for file in files:
        try:
            values.update(read_parameters(file))
        except ValueError as error:
            raise ConfigError(str(error)) from error
    return values
