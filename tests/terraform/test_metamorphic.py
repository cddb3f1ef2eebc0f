"""What a configuration says does not hang on how it is written: transformed sources give the same findings.

`make metamorphic` compares every fixture under every transformation; the tests take each fixture under one of them, and
so each transformation of one fixture in fourteen.
``PEERLINT_ROOTS`` may name further folders, separated as in ``PATH``.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from peerlint import run
from peerlint.config import Config
from peerlint.terraform.config import load_module, read_file
from peerlint.terraform.errors import HclError
from tests.places import check_places
from tests.terraform.transform import TRANSFORMATIONS
from tests.terraform.transform.move import NAME
from tests.terraform.transform.names import PREFIX
from tests.terraform.transform.source import Folder

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
INVALID = {"invalid", "unreadable-input", "good_file_missing"}
"""Fixtures that are not HCL."""

TOLD = {
    "JSON syntax",
    "everything in a module",
    "some resources in a module",
    "variables with defaults",
    "values of var files",
    "local values",
    "variables inlined",
}
"""Transformations that add or take away places of a value that are told apart, which notes may tell."""

FIRST = {
    "dns-options-conflict/bad_two_resources": ("old", "new"),
    "dns-options-conflict/unknown_options": ("old[0]", "new"),
    "duplicate-peering/bad_both_ways": ("shop_to_stock", "stock_to_shop"),
    "duplicate-peering/bad_literal_ids": ("legacy", "tools"),
    "duplicate-peering/unknown_conditions": ("old[0]", "new[0]", "with_old_peering", "with_peering"),
    "duplicate-route/bad_prefix_list": ("again", "shop_to_peers"),
    "duplicate-route/bad_said_twice": ("shop_to_stock", "warehouse"),
    "duplicate-route/bad_two_targets": ("shop_to_stock", "migrated"),
    "duplicate-route/unknown_presence": ("shop_to_stock", "by_gateway[0]"),
    "mistakes/each-side-requests": ("app_data", "data_app"),
    "mistakes/one-route-twice": ("shop_to_stock_of_old", "shop_to_stock"),
    "precedence/duplicate-before-all": ("orders_billing", "billing_orders"),
    "precedence/duplicate-before-shadowed": ("shop_to_stock", "premises"),
}
"""Fixtures whose sentences name the first of two that are alike, which blocks in the reversed order swap: the two."""

UNLIKE = {"mistakes/each-side-requests": "PL104", "precedence/duplicate-before-all": "PL104"}
"""Those of them in which the two differ, and more is said of the first: the rule that speaks of the second."""

CIRCLE = re.compile(r"(`.*`) refer to each other in a circle")

Facts: TypeAlias = Counter[tuple[str, ...]]


def _folders() -> Iterator[Path]:
    for folder in sorted([*FIXTURES.glob("*/*"), *FIXTURES.glob("scenarios/*/*")]):
        is_case = folder.is_dir() and not {folder.name, folder.parent.name} & {*INVALID, "scenarios"}
        if is_case and any(folder.rglob("*.tf")):
            yield folder
    yield from map(Path, filter(None, os.environ.get("PEERLINT_ROOTS", "").split(os.pathsep)))


FOLDERS = list(_folders())
PAIRS = [(t + f, (name, folder)) for t, name in enumerate(TRANSFORMATIONS) for f, folder in enumerate(FOLDERS)]
SAMPLE = [pair for number, pair in PAIRS if number % len(TRANSFORMATIONS) == 0]
REST = [pair for number, pair in PAIRS if number % len(TRANSFORMATIONS) != 0]


def _id(value: object) -> str:
    return (
        value.relative_to(FIXTURES).as_posix() if isinstance(value, Path) and FIXTURES in value.parents else str(value)
    )


@cache
def texts(folder: Path) -> Folder:
    """The Terraform files of a folder."""
    paths = [path for pattern in ("*.tf", "*.tfvars") for path in sorted(folder.rglob(pattern)) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def facts(folder: Folder, where: Path) -> Facts:
    """What is found and asked in a folder, with the addresses as they were and without the places, which exist."""
    for path, text in folder.items():
        (where / path).parent.mkdir(parents=True, exist_ok=True)
        (where / path).write_text(text, encoding="utf-8")
    load_module.cache_clear()
    read_file.cache_clear()
    result = run.analyse(run.Request(paths=(str(where),)), Config(directory=str(where)), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    check_places(result)
    found = [
        (
            r.rule.id,
            r.severity.value,
            _canonical(r.finding.message, where),
            "" if CIRCLE.search(r.finding.message) else _canonical(" ".join(r.finding.addresses), where),
            "" if r.suppressed is None else "suppressed",
            f"{len(r.finding.notes)} notes",
        )
        for r in result.reports
    ]
    asked = [
        (q.rule.id, _canonical(q.undecided.question, where), _canonical(q.undecided.reason, where))
        for q in result.questions
    ]
    return Counter([*found, *asked])


def _canonical(text: str, where: Path) -> str:
    """The text with what a transformation changes put alike.

    A circle begins at whichever of its members stands first, and what is not evaluated is called as it is written.
    """
    text = text.replace(str(where), "").replace(PREFIX, "").replace(f"module.{NAME}.", "").replace(f"module.{NAME}", "")
    text = text.replace("`for_each`", "`count`").replace("toset([])", "0").replace('toset(["0"])', "1")
    text = re.sub(r"(?:[^\s`]*/)?[\w.-]+\.(?:tf|tofu)(?:\.json)?\b(?::\d+)?", "a file", text)
    text = re.sub(r"`[^`]*` is not evaluated", "it is not evaluated", text)
    text = CIRCLE.sub(lambda found: " ".join(sorted(re.findall(r"`[^`]*`", found[1]))), text)
    return re.sub(r'\["(\d+)"\]', r"[\1]", text)


@cache
def _expected(folder: Path, where: Path) -> Facts:
    return facts(texts(folder), where)


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("originals")


def _compare(name: str, folder: Path, originals: Path, tmp_path: Path) -> None:
    try:
        transformed = TRANSFORMATIONS[name](texts(folder))
    except HclError:
        assert FIXTURES not in folder.parents
        return
    if transformed is None:
        return
    expected = _expected(folder, originals / _id(folder).strip("/"))
    found = facts(transformed, tmp_path)
    if name == "blocks reversed" and _id(folder) in FIRST:
        found, expected = (_unordered(told, _id(folder)) for told in (found, expected))
    assert (_noteless(found) if name in TOLD else found) == (_noteless(expected) if name in TOLD else expected)


def _unordered(facts: Facts, case: str) -> Facts:
    """Facts as the words in them, with one name for things that are alike."""
    alike = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in FIRST[case]))
    rule = UNLIKE.get(case)

    def words(text: str) -> str:
        return " ".join(sorted(alike.sub("one", text).replace(",", "").split()))

    return Counter(tuple(map(words, fact)) for fact in facts.elements() if rule in (None, fact[0]))


def _noteless(facts: Facts) -> Facts:
    return Counter(fact[:5] for fact in facts.elements())


@pytest.mark.parametrize(("name", "folder"), SAMPLE, ids=_id)
def test_the_same_is_said_of_the_same(name: str, folder: Path, originals: Path, tmp_path: Path) -> None:
    _compare(name, folder, originals, tmp_path)


@pytest.mark.metamorphic
@pytest.mark.parametrize(("name", "folder"), REST, ids=_id)
def test_the_same_is_said_of_all_the_rest(name: str, folder: Path, originals: Path, tmp_path: Path) -> None:
    _compare(name, folder, originals, tmp_path)


LEAST = {"one file": 5, "for_each for count": 5, "variables inlined": 5}
"""How many fixtures a transformation applies to at least, where it is not most of them."""


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_no_transformation_is_vacuous(name: str) -> None:
    changed = [folder for folder in FOLDERS if TRANSFORMATIONS[name](texts(folder)) not in (None, texts(folder))]
    assert len(changed) >= LEAST.get(name, len(FOLDERS) * 3 // 4)
