"""The rules about the input itself (PL901 to PL905) on their fixtures, and a folder of files that cannot be read.

A case is a folder ``fixtures/<rule-name>/<bad_…|good_…|unknown_…>/``, marked like those of ``test_rules.py``, with
every rule on: only what the folder's rule reports is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from peerlint import registry, run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.merge import Report
from tests.places import check_places

FIXTURES = Path(__file__).parent.parent / "fixtures"
RULES = {rule.name: rule for rule in registry.load() if rule.id.startswith("PL9") and rule.id != "PL900"}
CASES = sorted(path for path in FIXTURES.glob("*/*") if path.parent.name in RULES and path.is_dir())
INVALID = sorted(path.name for path in (FIXTURES / "invalid").iterdir())


def _run(path: Path, excluded: tuple[str, ...] = ()) -> Result:
    config = Config(directory=str(path), exclude=excluded)
    return run.analyse(run.Request(paths=(str(path),), today=date(2026, 1, 1)), config, lambda _: None)


def _expected(folder: Path) -> Counter[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        found += Counter((file.relative_to(folder).as_posix(), line) for line in _marked(file, folder.parent.name))
    return found


def _marked(file: Path, name: str) -> Iterator[int]:
    waiting = 0
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if (match := re.fullmatch(r"\s*# expect: (PL\d{3})", line)) is not None:
            assert match[1] == RULES[name].id
            waiting += 1
            continue
        yield from [number] * waiting
        waiting = 0
    assert not waiting


def _places(reports: tuple[Report, ...], folder: Path, rule: str) -> Counter[tuple[str, int]]:
    places = [report.finding.at for report in reports if report.rule.id == rule]
    return Counter((Path(at.file).relative_to(folder).as_posix(), at.line) for at in places)


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_finds_what_is_expected_and_nothing_else(folder: Path) -> None:
    result = _run(folder)
    assert [crash.trace for crash in result.crashes] == []
    check_places(result)
    expected = _expected(folder)
    assert bool(expected) == folder.name.startswith("bad_")
    assert _places(result.active, folder, RULES[folder.parent.name].id) == expected


WITHOUT_UNKNOWN = {
    "unreadable-input": "a file can be read or it cannot",
    "unused-suppression": "a suppression silences something or nothing",
}
TWINLESS = {
    "unreadable-input/bad_duplicate_key": "a repeated argument is HCL that Terraform refuses later",
    "unreadable-input/bad_hcl1": "HCL1 is Terraform's",
    "unreadable-input/bad_without_end": "a template has no loops but Fn::ForEach, which the service bounds",
    "unreadable-input/bad_second_document": "HCL has no documents",
    "invalid-value/bad_calls": "a call that fails is a matter of Terraform's own validation",
    "unresolved-reference/bad_names": "mappings, conditions and DependsOn are CloudFormation's",
    "unresolved-reference/bad_nested_stack": "an output that a module lacks, and an argument, are errors of the root",
    "unresolved-reference/bad_lone_override": "a template is one file",
    "unresolved-reference/bad_other_state": "a state is Terraform's",
    "unresolved-reference/good_file_missing": "a template is one file",
    "unresolved-reference/unknown_other_state": "a state is Terraform's",
}
"""Rules without an unknown case, and cases that only one of the two languages has, with the reason."""


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_bad_good_and_unknown_cases(name: str) -> None:
    kinds = {folder.name.partition("_")[0] for folder in CASES if folder.parent.name == name}
    assert kinds == ({"bad", "good"} if name in WITHOUT_UNKNOWN else {"bad", "good", "unknown"})


@pytest.mark.parametrize("folder", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_case_has_its_twin(folder: Path) -> None:
    alone = f"{folder.parent.name}/{folder.name}" in TWINLESS
    assert ((folder / "main.tf").exists() and (folder / "template.yaml").exists()) is not alone


def test_modules_that_may_declare_a_peering_are_one_undecided_question_for_each_stack() -> None:
    asked = _run(FIXTURES / "unresolved-module" / "unknown_other_modules").questions
    assert [(q.rule.id, Path(q.undecided.at.file).name) for q in asked] == [
        ("PL903", "main.tf"),
        ("PL903", "template.yaml"),
    ]


def test_every_unreadable_file_is_said_once_and_nothing_is_made_of_it() -> None:
    result = _run(FIXTURES / "invalid")
    assert [crash.trace for crash in result.crashes] == []
    assert Counter(Path(report.finding.at.file).name for report in result.active) == Counter(INVALID)
    assert {report.rule.id for report in result.active} == {"PL901"}
    assert result.unreadable


@pytest.mark.parametrize(
    "broken",
    [
        'output "id" {\n  value = {\n}\n',
        'resource "aws_route" "r" {\n  route_table_id = [\n}\n',
        'data "aws_vpc" "v" {\n  id = \n}\n',
    ],
)
def test_the_rest_of_a_root_is_judged_beside_a_broken_file(tmp_path: Path, broken: str) -> None:
    (tmp_path / "broken.tf").write_text(broken, encoding="utf-8")
    (tmp_path / "main.tf").write_text(
        """
        resource "aws_vpc" "app" { cidr_block = "10.20.0.0/16" }

        resource "aws_vpc_peering_connection" "mistaken" {
          vpc_id      = aws_vpc.app.id
          peer_vpc_id = aws_vpc.app.id
        }
        """,
        encoding="utf-8",
    )
    assert {"PL901", "PL103"} <= {report.rule.id for report in _run(tmp_path).active}
