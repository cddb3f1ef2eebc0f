"""One run, from a request to its result."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence

from peerlint import config, engine, filesystem, registry
from peerlint.cache.store import Store
from peerlint.config import Config
from peerlint.discover import Exclude, discover
from peerlint.engine import INTERNAL_ERROR, UNREADABLE_INPUT, Plan, Result
from peerlint.limits import LIMITS
from peerlint.network.link import link
from peerlint.network.values import is_at_hand
from peerlint.project import project_of, repository_root
from peerlint.read import Progress, read
from peerlint.read_options import ReadOptions
from peerlint.records import replace
from peerlint.request import Request as Request
from peerlint.rule import Rule, Severity
from peerlint.terraform.options import Assignment
from peerlint.usage import ConfigError
from peerlint.worlds import estate_of


def configuration(paths: Sequence[str], file: str | None) -> Config:
    """The configuration in ``file``, or the one that applies to the paths. Raises ConfigError."""
    if file is not None:
        return config.load(os.path.abspath(file))
    top = _common(paths)
    found = config.find(top)
    return config.load(found) if found is not None else Config(directory=top)


def project(paths: Sequence[str]) -> str:
    """The directory that reported paths are relative to: the repository's root, where the paths lie in one."""
    return project_of(_common(paths))


def _common(paths: Sequence[str]) -> str:
    """The directory that all the paths have in common."""
    top = os.path.commonpath([os.path.abspath(path) for path in paths])
    return top if filesystem.is_directory(top) else os.path.dirname(top)


def analyse(request: Request, settings: Config, progress: Progress, store: Store | None = None) -> Result:
    """What the rules find in what the paths hold. What earlier runs have parsed is in the store, where there is one.

    Raises ConfigError.
    """
    started = time.perf_counter()
    plan = _plan(request, settings)
    exclude = Exclude(settings.directory, settings.exclude)
    sources = discover(request.paths, exclude)
    own = all(map(_is_own, plan.rules))
    told = replace(_read_options(request, settings, exclude), peerings_only=own, store=store)
    reading = read(sources, told, progress)
    estate = estate_of(reading.fragments, lambda fragments: link(fragments, settings.outside, settings.settings))
    progress("applying the rules")
    result = engine.run(estate, plan, reading.crashes)
    return replace(result, seconds=time.perf_counter() - started)


def export(request: Request, settings: Config, name: str | None, states: Sequence[str], progress: Progress) -> bytes:
    """What the paths declare, as a file for a run elsewhere: see docs/export.md. The inventory is left out: it belongs
    to the run that has need of it.

    ``name`` is what the repository is called there, by default as its directory is; ``states`` are exports of the roots
    whose states are read here. Raises ConfigError.
    """
    from peerlint.exchange.exporting import Repository, exported

    exclude = Exclude(settings.directory, settings.exclude)
    sources = discover(request.paths, exclude)
    for path in sources.exports:
        raise ConfigError(f"{path}: it is exported already; --states reads the states that are told of in it")
    common = _common(request.paths)
    directory = repository_root(common) or common
    repository = Repository(directory, _called(directory, name), max(settings.limits.file_size, LIMITS.file_size))
    options = _read_options(replace(request, inventory=()), replace(settings, inventory=()), exclude)
    kept = tuple(_export(path, exclude) for path in states)
    reading = read(replace(sources, exports=kept), replace(options, for_others=True), progress)
    own = [fragment for fragment in reading.fragments if is_at_hand(fragment.stack)]
    return exported(own, reading.crashes, repository)


def _export(path: str, exclude: Exclude) -> str:
    """The absolute path of a file that ``peerlint export`` wrote. Raises ConfigError for another one."""
    for found in discover((path,), exclude).exports:
        return found
    raise ConfigError(f"--states {path}: no file that `peerlint export` wrote")


def _called(directory: str, name: str | None) -> str:
    """The name of a repository: the given one, or that of its directory. Raises ConfigError for none at all."""
    from peerlint.exchange.document import NAME

    if name is None:
        name = re.sub(r"[^\w.@+-]+", "-", os.path.basename(directory))
    if not NAME.fullmatch(name):
        raise ConfigError(f"--name {name!r} is no name of a repository, such as `network` or `acme/network`")
    return name


def _is_own(rule: Rule) -> bool:
    """Whether a rule is one of peerlint's, which all are about peerings."""
    return rule.id.startswith("PL")


def _plan(request: Request, settings: Config) -> Plan:
    every = registry.load(request.rules)
    ignored = (*settings.ignore, *request.ignore)
    select = request.select or settings.select
    # What could not be read is said whatever is selected, and that peerlint failed whatever is ignored as well.
    chosen = registry.selected(every, (*select, UNREADABLE_INPUT) if select else (), ignored)
    rules = tuple(rule for rule in every if rule in chosen or rule.id == INTERNAL_ERROR)
    most = max(settings.limits.file_size, LIMITS.file_size)
    return Plan(rules, every, _severities(every, settings), request.today, most)


def _severities(every: Sequence[Rule], settings: Config) -> Mapping[str, Severity]:
    found = {}
    for pattern, severity in settings.severity.items():
        try:
            named = registry.matching(every, pattern)
        except ConfigError as error:
            raise ConfigError(f"{settings.file}: severity: {error}") from error
        found.update({rule.id: severity for rule in named})
    return found


def _read_options(request: Request, settings: Config, exclude: Exclude) -> ReadOptions:
    configured: tuple[Assignment, ...] = tuple(("file", path) for path in settings.var_files)
    parameters = (*settings.parameters, *request.parameters)
    _exist((*settings.var_files, *(path for kind, path in request.assignments if kind == "file")), "variable")
    inventory = tuple(os.path.abspath(path) for path in (*settings.inventory, *request.inventory))
    _exist([stack.template for stack in settings.stacks], "template")
    _exist((*parameters, *(path for stack in settings.stacks for path in stack.parameters)), "parameter")
    _exist(inventory, "inventory")
    return ReadOptions(
        exclude=exclude,
        assignments=(*configured, *request.assignments),
        environment=request.environment,
        parameters=parameters,
        region=request.region or settings.region,
        account=request.account or settings.account,
        workspace=request.workspace or settings.workspace,
        limits=settings.limits,
        inventory=inventory,
        stacks=settings.stacks,
        processes=request.processes,
    )


def _exist(paths: Sequence[str], kind: str) -> None:
    for path in paths:
        if not filesystem.is_file(path):
            raise ConfigError(f"{path}: no such {kind} file")
