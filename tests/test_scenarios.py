"""Whole estates with every rule on: a clean edition that gives no finding, and a broken one.

Beside the two editions lies what is expected of each, reviewed line by line: ``broken.txt`` holds a line for each
finding (severity, rule, place, and with which var files) and then one for each question that stays undecided;
``clean.txt`` has only the latter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config, load
from peerlint.engine import Result
from peerlint.network.values import Span
from tests.places import check_places

SCENARIOS = Path(__file__).parent.parent / "fixtures" / "scenarios"
ESTATES = sorted(path.name for path in SCENARIOS.iterdir())
EDITIONS = [(estate, edition) for estate in ESTATES for edition in ("clean", "broken")]


def _result(estate: str, edition: str) -> Result:
    folder = SCENARIOS / estate / edition
    own = folder / "peerlint.toml"
    settings = load(str(own)) if own.exists() else Config(directory=str(folder))
    return run.analyse(run.Request(paths=(str(folder),)), settings, lambda _: None)


def _lines(result: Result, folder: Path) -> Iterator[str]:
    for report in result.active:
        line = f"{report.severity.value} {report.rule.id} {_place(report.finding.at, folder)}"
        yield f"{line} {report.condition.text}".rstrip()
    for question in result.questions:
        asked = question.undecided
        yield f"undecided {question.rule.id} {_place(asked.at, folder)} {asked.question}: {asked.reason}"


def _place(at: Span, folder: Path) -> str:
    return f"{Path(os.path.relpath(at.file, folder)).as_posix()}:{at.line}"


@pytest.mark.parametrize(("estate", "edition"), EDITIONS)
def test_the_report_is_the_reviewed_one(estate: str, edition: str) -> None:
    result = _result(estate, edition)
    assert [crash.trace for crash in result.crashes] == []
    check_places(result)
    expected = (SCENARIOS / estate / f"{edition}.txt").read_text(encoding="utf-8").splitlines()
    assert list(_lines(result, SCENARIOS / estate / edition)) == expected


@pytest.mark.parametrize("estate", ESTATES)
def test_a_clean_estate_has_peerings_and_no_finding_and_a_broken_one_several(estate: str) -> None:
    clean, broken = _result(estate, "clean"), _result(estate, "broken")
    assert clean.peerings >= 1
    assert clean.reports == ()
    assert len({report.rule.id for report in broken.active}) >= 2
