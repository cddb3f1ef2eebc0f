"""Generated expressions and deliberate differences: what peerlint knows against what the real plan and apply know.

``make fuzz-terraform`` runs many more of them than the ordinary suite.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle.differences import DIFFERENCES, SOME, table
from tests.oracle.found_expressions import FOUND
from tests.oracle.function_cases import FILES
from tests.oracle.generated import PREAMBLE, expressions
from tests.oracle.judged import agrees, disagreement
from tests.oracle.terraform_batch import ERROR, Answer, answers, converted, write_outputs, write_variables
from tests.oracle.terraform_plan import TERRAFORM, UNKNOWN
from tests.oracle.typed import typed
from tests.oracle.unknown_calls import calls
from tests.terraform.outputs import outputs_of, rounded

needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

BATCH = 50
SHORT = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LONG = settings(
    max_examples=int(os.environ.get("FUZZ_BATCHES", "200")),
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
BATCHES = st.lists(expressions(), min_size=BATCH, max_size=BATCH, unique=True)

Compared = tuple[object, Answer]


def compared(texts: Sequence[str], folder: Path) -> list[Compared]:
    """What peerlint and what terraform make of each expression."""
    theirs = answers(texts, PREAMBLE, folder)
    write_outputs(texts, folder)
    ours = outputs_of(folder)
    return [(rounded(ours[f"v{index}"]), _rounded(answer)) for index, answer in enumerate(theirs)]


def _rounded(answer: Answer) -> Answer:
    return Answer(rounded(answer.planned), rounded(answer.applied))


def _check(texts: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _check_in(Path(folder), texts)


def _check_in(folder: Path, texts: Sequence[str]) -> None:
    results = compared(texts, folder)
    told = [
        f"{text}\n  {wrong}: {ours!r}; plan {theirs.planned!r}, apply {theirs.applied!r}"
        for text, (ours, theirs) in zip(texts, results, strict=True)
        if (wrong := disagreement(text, ours, theirs))
    ]
    assert not told, "\n".join(told)


@needs_terraform
@SHORT
@given(BATCHES)
def test_generated_expressions_agree_with_terraform(texts: list[str]) -> None:
    _check(texts)


@needs_terraform
@pytest.mark.fuzz
@LONG
@given(BATCHES)
def test_many_generated_expressions_agree_with_terraform(texts: list[str]) -> None:
    _check(texts)


@needs_terraform
@SHORT
@given(st.lists(typed(), min_size=BATCH, max_size=BATCH, unique=True))
def test_generated_values_convert_to_their_types_as_in_terraform(variables: list[tuple[str, str]]) -> None:
    _check_types(variables)


@needs_terraform
@pytest.mark.fuzz
@LONG
@given(st.lists(typed(), min_size=BATCH, max_size=BATCH, unique=True))
def test_many_generated_values_convert_to_their_types_as_in_terraform(variables: list[tuple[str, str]]) -> None:
    _check_types(variables)


def _check_types(variables: Sequence[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs = converted(variables, folder)
        write_variables(variables, folder)
        ours = outputs_of(folder)
    pairs = [(rounded(ours[f"v{index}"]), rounded(planned)) for index, planned in enumerate(theirs)]
    told = [
        f"{kind} <- {default}: {value!r}; plan {planned!r}"
        for (kind, default), (value, planned) in zip(variables, pairs, strict=True)
        if planned not in (value, ERROR)  # what is refused is never deployed
    ]
    assert not told, "\n".join(told)


@needs_terraform
def test_every_function_with_an_unknown_argument(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    listed = ("matchkeys(", "reverse(toset(")  # on the page
    _check_in(tmp_path, [text for text in calls() if not text.startswith(listed)])


@needs_terraform
def test_every_expression_that_was_once_wrong_is_right(tmp_path: Path) -> None:
    results = compared(FOUND, tmp_path)
    assert {text: ours for text, (ours, _) in zip(FOUND, results, strict=True)} == {
        text: theirs.planned for text, (_, theirs) in zip(FOUND, results, strict=True)
    }


@needs_terraform
def test_the_deliberate_differences_are_as_listed(tmp_path: Path) -> None:
    results = compared([each.expression for each in DIFFERENCES], tmp_path)
    found = [(rounded(ours), SOME if d.planned == SOME and theirs.planned not in (UNKNOWN, ERROR) else theirs.planned)
             for d, (ours, theirs) in zip(DIFFERENCES, results, strict=True)]  # fmt: skip
    assert found == [(rounded(each.ours), rounded(each.planned)) for each in DIFFERENCES]


@needs_terraform
def test_what_is_known_beyond_the_plan_is_true_after_apply(tmp_path: Path) -> None:
    known = [each for each in DIFFERENCES if each.planned == UNKNOWN and "[length" not in each.expression]
    results = compared([each.expression for each in known], tmp_path)
    assert all(agrees(ours, theirs.applied) for ours, theirs in results)


def test_the_page_lists_the_deliberate_differences() -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "terraform.md").read_text(encoding="utf-8")
    section = page.partition("\n## Where peerlint differs from terraform plan\n")[2].partition("\n## ")[0]
    assert table() in section
