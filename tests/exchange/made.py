"""Fragments, exported and read again, and what is said of them with their places as the repository has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from peerlint import engine, registry
from peerlint.config import Config
from peerlint.discover import Exclude, discover
from peerlint.engine import Plan, Result
from peerlint.exchange.exporting import Repository, exported
from peerlint.exchange.importing import Imports
from peerlint.network.link import link
from peerlint.network.model import Fragment
from peerlint.read import read
from peerlint.read_options import ReadOptions
from peerlint.worlds import estate_of
from tests.made import TODAY

MAX_SIZE = 8 << 20


def fragments_in(*paths: Path, settings: Config | None = None, for_others: bool = False) -> tuple[Fragment, ...]:
    """What some paths declare: directories, and exports."""
    settings = settings or Config(directory=str(paths[0]))
    exclude = Exclude(settings.directory, settings.exclude)
    options = ReadOptions(exclude, stacks=settings.stacks, for_others=for_others)
    reading = read(discover([str(path) for path in paths], exclude), options, lambda _: None)
    assert reading.crashes == ()
    return reading.fragments


def travelled(parts: Iterable[tuple[Sequence[Fragment], Path, str]], folder: Path) -> tuple[Fragment, ...]:
    """The fragments of each repository, in its directory and of its name, after a way through a file."""
    imports = Imports()
    found: list[Fragment] = []
    for number, (fragments, directory, name) in enumerate(parts):
        file = folder / f"{number}.json"
        file.write_bytes(exported(fragments, (), Repository(str(directory), name, MAX_SIZE)))
        imported = imports.read(str(file))
        assert imported.crashes == []
        found += imported.fragments
    return tuple(found)


def result_of(fragments: Sequence[Fragment], settings: Config | None = None) -> Result:
    """What every rule says of some fragments."""
    settings = settings or Config()
    estate = estate_of(fragments, lambda some: link(some, settings.outside, settings.settings))
    result = engine.run(estate, Plan(registry.load(), registry.load(), {}, TODAY))
    assert [crash.trace for crash in result.crashes] == []
    return result


def said(result: Result, directory: Path, name: str) -> list[str]:
    """All that a result says, with the name of a repository in the place of its directory."""
    lines: list[object] = [result.stacks, result.deployments, result.peerings, result.files, result.concerned]
    for report in result.reports:
        finding = report.finding
        notes = tuple((note.message, note.at) for note in finding.notes)
        silenced = report.suppressed and (report.suppressed.reason, report.suppressed.at)
        where = (finding.at, finding.addresses, notes, finding.remedy, report.condition)
        lines.append((report.rule.id, report.severity.value, finding.message, *where, silenced))
    for question in result.questions:
        asked = question.undecided
        why = (asked.question, asked.reason, asked.at, asked.addresses, question.condition)
        lines.append((question.rule.id, *why))
    return [_tidy(re.sub(rf"{re.escape(str(directory))}(?=[/' ])", name, repr(line))) for line in lines]


def _tidy(line: str) -> str:
    """Without ways up and down: a file beside a repository is told as such."""
    while (shorter := re.sub(r"[\w.-]+(?<!\.\.)/\.\./", "", line, count=1)) != line:
        line = shorter
    return line
