"""Every rule on its fixtures, and the laws that all rules obey.

A case is a folder ``fixtures/<rule-name>/<case>/``, whose name begins with ``bad_``, ``good_`` or ``unknown_``. Its
``.tf`` files are one Terraform root (roots in folders below it are further stacks of the same run); its ``.yaml``
files are templates. The two are run apart, each with only the rule of the folder on, and tell the same story, as
:mod:`tests.test_twins` demands. A template or an example that says ``# run with --account 111122223333``, or
``# run with --region eu-west-1``, is run as if it were deployed there.

``# expect: PL201`` stands on a line of its own above the line where a finding must start, once for each finding. What
is found must be what is expected, exactly. ``bad_`` cases expect something; ``good_`` cases expect nothing and leave
nothing undecided, so that silence there is a judgement; ``unknown_`` cases expect nothing and leave something
undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from peerlint import registry, run
from peerlint.config import Config
from peerlint.engine import Result
from peerlint.rule import Fix, Rule
from tests.places import check_places

FIXTURES = Path(__file__).parent.parent / "fixtures"
RULES = {rule.name: rule for rule in registry.load() if not rule.id.startswith("PL9")}
"""The rules about networks. Those about the input itself (PL9xx) have tests of their own."""

SUFFIXES = {"Terraform": ".tf", "CloudFormation": ".yaml"}
FENCES = {"hcl": "Terraform", "terraform": "Terraform", "yaml": "CloudFormation"}
EXAMPLE_OF = {"Terraform": "main.tf", "CloudFormation": "template.yaml"}
HEADINGS = ["Why", "Bad", "Good", "Fix", "Undecided when", "See also"]


@dataclass(frozen=True)
class Case:
    """One case in one language."""

    folder: Path
    language: str

    @property
    def rule(self) -> Rule:
        return RULES[self.folder.parent.name]

    @property
    def kind(self) -> str:
        return self.folder.name.partition("_")[0]

    @property
    def files(self) -> list[Path]:
        return _files(self.folder, self.language)

    @property
    def expected(self) -> Counter[tuple[str, int]]:
        return Counter(place for file in self.files for place in _expectations(file, self.rule, self.folder))

    def result(self) -> Result:
        others = tuple(f"*{suffix}" for name, suffix in SUFFIXES.items() if name != self.language)
        return _run(self.folder, self.rule, self.files, others)

    def __str__(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}-{self.language}"


def _run(folder: Path, rule: Rule, files: list[Path], excluded: tuple[str, ...] = ()) -> Result:
    texts = "".join(file.read_text(encoding="utf-8") for file in files)
    request = run.Request(
        paths=(str(folder),), select=(rule.id,), account=given(texts, "account"), region=given(texts, "region")
    )
    return run.analyse(request, Config(directory=str(folder), exclude=excluded), lambda _: None)


def given(texts: str, option: str) -> str | None:
    """The value with which a case is to be run, as its files say."""
    found = re.search(rf"^# run with --{option} (\S+)$", texts, re.MULTILINE)
    return found and found[1]


def _files(folder: Path, language: str) -> list[Path]:
    return sorted(folder.rglob(f"*{SUFFIXES[language]}"))


def _expectations(file: Path, rule: Rule, folder: Path) -> Iterator[tuple[str, int]]:
    waiting = 0
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = re.fullmatch(r"\s*# expect: (PL\d{3})", line)
        if match is not None:
            assert match[1] == rule.id, f"{file}:{number} expects another rule than the folder's"
            waiting += 1
            continue
        assert "expect:" not in line, f"{file}:{number}: an expectation stands on a line of its own"
        yield from [(file.relative_to(folder).as_posix(), number)] * waiting
        waiting = 0
    assert not waiting, f"{file}: an expectation at the end expects nothing"


FOLDERS = sorted(path for path in FIXTURES.glob("*/*") if path.parent.name in RULES and path.is_dir())
CASES = [Case(folder, language) for folder in FOLDERS for language in SUFFIXES if _files(folder, language)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_finds_what_is_expected_and_nothing_else(case: Case) -> None:
    result = case.result()
    assert [crash.trace for crash in result.crashes] == []
    check_places(result)
    strangers = [report.finding.message for report in result.reports if report.rule.id != case.rule.id]
    assert strangers == []
    places = [report.finding.at for report in result.reports]
    found = Counter((Path(at.file).relative_to(case.folder).as_posix(), at.line) for at in places)
    assert found == case.expected
    asked = [f"{q.undecided.question}: {q.undecided.reason}" for q in result.questions]
    match case.kind:
        case "bad":
            assert found
        case "good":
            assert not found
            assert asked == []
        case "unknown":
            assert not found
            assert asked != []
        case kind:
            pytest.fail(f"a case is bad, good or unknown, not {kind}")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_two_bad_idioms_and_good_and_unknown_cases(name: str) -> None:
    kinds = Counter(folder.name.partition("_")[0] for folder in FOLDERS if folder.parent.name == name)
    assert kinds["bad"] >= 2
    assert kinds["good"] >= 1
    assert kinds["unknown"] >= 1


def test_every_folder_of_fixtures_is_a_rules() -> None:
    folders = {path.name for path in FIXTURES.iterdir() if path.is_dir()}
    assert folders <= {*(rule.name for rule in registry.load()), "invalid", "mistakes", "precedence", "scenarios"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_names_and_pages_follow_the_convention(rule: Rule) -> None:
    assert re.fullmatch(r"PL\d{3}", rule.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert isinstance(rule.fix, Fix)
    title, _, body = rule.page.partition("\n")
    assert title.endswith(".")
    assert re.findall(r"^## (.*)$", body, re.MULTILINE) == HEADINGS
    assert "https://" in _section(rule, "See also")


def _section(rule: Rule, heading: str) -> str:
    return rule.page.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def _examples(rule: Rule, heading: str) -> Iterator[tuple[str, str]]:
    for fence, text in re.findall(r"^```(\w+)\n(.*?)^```", _section(rule, heading), re.MULTILINE | re.DOTALL):
        yield EXAMPLE_OF[FENCES[fence]], text


@pytest.mark.parametrize("heading", ["Bad", "Good"])
@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_examples_of_the_page_run(rule: Rule, heading: str, tmp_path: Path) -> None:
    examples = list(_examples(rule, heading))
    languages = {case.language for case in CASES if case.rule is rule and case.kind == "bad"}
    assert {name for name, _ in examples} == {EXAMPLE_OF[language] for language in languages}
    for number, (name, text) in enumerate(examples):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
        result = _run(folder, rule, [folder / name])
        assert [crash.trace for crash in result.crashes] == []
        assert {report.rule.id for report in result.reports} == ({rule.id} if heading == "Bad" else set()), text
