"""A check of what was exported says what a check of the sources says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlint.config import Config, load
from peerlint.network.model import Fragment, Language
from tests.exchange.made import fragments_in, result_of, said, travelled

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "fixtures"
RULES = sorted(path for path in FIXTURES.iterdir() if path.is_dir() and path.name != "scenarios")
EDITIONS = sorted(path for path in (FIXTURES / "scenarios").glob("*/*") if path.is_dir())
NAME = "acme/estate"


def _named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _settings(folder: Path) -> Config:
    own = folder / "peerlint.toml"
    return load(str(own)) if own.exists() else Config(directory=str(folder))


@pytest.mark.parametrize("folder", [*RULES, *EDITIONS], ids=_named)
def test_a_folder(folder: Path, tmp_path: Path) -> None:
    settings = _settings(folder)
    fragments = fragments_in(folder, settings=settings)
    there = said(result_of(fragments, settings), folder, NAME)
    here = result_of(travelled([(fragments, folder, NAME)], tmp_path), settings)
    assert said(here, folder, NAME) == there


JOINED = [path for path in EDITIONS if path.parent.name in {"cfn-exports", "environments", "two-regions", "two-teams"}]
"""The estates of several stacks; that of roots which read each other's states is a case of its own."""


def _home(fragment: Fragment) -> Path:
    """What is named for a stack to be read alone: a directory, or a template."""
    path = Path(fragment.stack if fragment.deployment is None else fragment.deployment.root)
    return path if path.exists() else path.with_name(f"{path.name}.template.json")


def _repositories(folder: Path, fragments: tuple[Fragment, ...]) -> Iterator[tuple[Path, Path]]:
    """What is named for each stack, and the directory that is its repository."""
    for home in dict.fromkeys(_home(f) for f in fragments if f.language is not Language.INVENTORY):
        yield home, home if home.is_dir() else home.parent


@pytest.mark.parametrize("folder", JOINED, ids=_named)
def test_stacks_that_are_exported_one_by_one_as_repositories_of_their_own(folder: Path, tmp_path: Path) -> None:
    settings = _settings(folder)
    fragments = fragments_in(folder, settings=settings)
    repositories = list(_repositories(folder, fragments))
    assert len(repositories) > 1
    parts = [
        (fragments_in(home, settings=settings), directory, Path(NAME, os.path.relpath(directory, folder)).as_posix())
        for home, directory in repositories
    ]
    there = said(result_of(fragments, settings), folder, NAME)
    assert said(result_of(travelled(parts, tmp_path), settings), folder, NAME) == there


@pytest.mark.parametrize("folder", JOINED, ids=_named)
def test_stacks_that_are_exported_one_by_one_as_parts_of_one_repository(folder: Path, tmp_path: Path) -> None:
    settings = _settings(folder)
    fragments = fragments_in(folder, settings=settings)
    parts = [(fragments_in(home, settings=settings), folder, NAME) for home, _ in _repositories(folder, fragments)]
    there = said(result_of(fragments, settings), folder, NAME)
    assert said(result_of(travelled(parts, tmp_path), settings), folder, NAME) == there


@pytest.mark.parametrize("folder", JOINED, ids=_named)
def test_exports_and_sources_together(folder: Path, tmp_path: Path) -> None:
    """One stack at hand, the others exported: what is said is the same but for the names of stacks and files."""
    settings = _settings(folder)
    fragments = fragments_in(folder, settings=settings)
    (home, _), *others = _repositories(folder, fragments)
    parts = [(fragments_in(other, settings=settings), folder, NAME) for other, _ in others]
    mixed = (*fragments_in(home, settings=settings), *travelled(parts, tmp_path))
    there, here = result_of(fragments, settings), result_of(mixed, settings)
    assert [_place(r.rule.id, r.finding.at.line) for r in here.reports] != [] or there.reports == ()
    assert sorted(_place(r.rule.id, r.finding.at.line) for r in here.reports) == sorted(
        _place(r.rule.id, r.finding.at.line) for r in there.reports
    )
    assert sorted(_place(q.rule.id, q.undecided.at.line) for q in here.questions) == sorted(
        _place(q.rule.id, q.undecided.at.line) for q in there.questions
    )


def _place(rule: str, line: int) -> tuple[str, int]:
    return rule, line
