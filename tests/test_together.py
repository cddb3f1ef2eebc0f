"""What all rules together say: one finding for each fact.

A case is a folder ``fixtures/precedence/<case>/`` or ``fixtures/mistakes/<case>/``, run with every rule about networks
on, those that are off by default excepted. As in the fixtures of single rules, ``# expect: PL201`` stands on a line of
its own above the line where a finding must start, once for each, and what is found must be what is expected, exactly;
``.tf`` and ``.yaml`` files are run apart. A line ``# notes are not meant`` leaves notes (advice) out of account.

Every row of the table in docs/precedence.md names the cases that show it; every case is in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.rule import Severity
from tests.places import check_places
from tests.test_rules import FIXTURES, RULES, SUFFIXES, given

CASES = [
    (folder, language)
    for kind in ("precedence", "mistakes")
    for folder in sorted((FIXTURES / kind).glob("*"))
    for language, suffix in SUFFIXES.items()
    if any(folder.rglob(f"*{suffix}"))
]
PAGE = Path(__file__).parent.parent / "docs" / "precedence.md"


def _expectations(folder: Path, language: str) -> Iterator[tuple[str, str, int]]:
    for file in sorted(folder.rglob(f"*{SUFFIXES[language]}")):
        waiting: list[str] = []
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = re.fullmatch(r"\s*# expect: (PL\d{3})", line)
            if match is not None:
                waiting.append(match[1])
                continue
            assert "expect:" not in line, f"{file}:{number}: an expectation stands on a line of its own"
            yield from ((rule, file.relative_to(folder).as_posix(), number) for rule in waiting)
            waiting = []
        assert not waiting, f"{file}: an expectation at the end expects nothing"


@pytest.mark.parametrize(("folder", "language"), CASES, ids=lambda value: getattr(value, "name", value))
def test_one_finding_for_each_fact(folder: Path, language: str) -> None:
    texts = "".join(file.read_text(encoding="utf-8") for file in folder.rglob(f"*{SUFFIXES[language]}"))
    without_notes = re.search(r"^# notes are not meant$", texts, re.MULTILINE) is not None
    others = tuple(f"*{suffix}" for name, suffix in SUFFIXES.items() if name != language)
    on = tuple(rule.id for rule in RULES.values() if rule.enabled)
    request = run.Request(
        paths=(str(folder),), select=on, account=given(texts, "account"), region=given(texts, "region")
    )
    result = run.analyse(request, Config(directory=str(folder), exclude=others), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    check_places(result)
    reports = [r for r in result.reports if not (without_notes and r.severity is Severity.NOTE)]
    found = Counter(
        (r.rule.id, Path(r.finding.at.file).relative_to(folder).as_posix(), r.finding.at.line) for r in reports
    )
    assert found == Counter(_expectations(folder, language)), [r.finding.message for r in reports]


def test_every_row_of_the_page_is_shown_by_a_case_and_every_case_is_in_a_row() -> None:
    named = set(re.findall(r"`fixtures/precedence/([\w-]+)`", PAGE.read_text(encoding="utf-8")))
    assert named == {folder.name for folder in (FIXTURES / "precedence").iterdir()}
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| PL")]
    assert rows
    assert all("`fixtures/precedence/" in row for row in rows)
