"""``yamlencode`` against the real ``terraform console``, for texts of every kind, at every place of a value."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from peerlint.network.values import Known
from peerlint.terraform.functions import FileContext, call
from peerlint.terraform.functions.json_text import encode
from peerlint.terraform.functions.signature import TooLarge
from tests.oracle.literals import Literal, hcl, value
from tests.oracle.terraform_console import REASON, TERRAFORM, evaluate

LINES = (
    "a\nb",
    "a\n",
    "a\n\n",
    "\n",
    "\n\n",
    "\na",
    " a\nb",
    "a\n  b\n",
    "a \nb",
    "a\nb ",
    "a\n \nb\n",
    "\ta\nb",
    "a\r\nb",
)
BREAKS = ("\r", "\x85", "\u2028", "\u2029", "a\u2028", "a\n\u2028", "\u2029\na", "a \u2028\nb", "a\n\u2029b\n\u2029")
STARTS = (
    "# a\nb\n",
    "--- \na",
    "---\n",
    "...\n",
    "- a\nb",
    "? a\n",
    ": a\n",
    "%a\n",
    "|\n",
    "&a\n",
    "*a\n",
    "!a\n",
    "'\n",
)
WORDS = ("word " * 40, "word  " * 40, " " * 200, f"{'x' * 79} y", f"{'x' * 80} y z", f"{'x' * 81}  ", f"{'é' * 90} z")
ESCAPED = (
    '"\\',
    "\0\a\b\t\v\f\x1b\x7f\x80\xa0",
    "\ufeffa b",
    "a\ufeff",
    "\U0001f600\n",
    "\ue000\ufffd",
    "\uffff",
    "${a}",
)
LONG = (f"{'x ' * 100}\n{'y ' * 100}\n", f"{'x ' * 63}xx", f"{'x ' * 64}x", f"{'é ' * 42}xx", f"{'é ' * 42}xxx", "")
TEXTS = (*LINES, *BREAKS, *STARTS, *WORDS, *ESCAPED, *LONG)

CHARACTERS = st.sampled_from("  \n\n\t\r\x85\u2028\ufeff\U0001f600aaaa#:-?|>'\"\\%é")
WORDY = st.lists(st.text("ab é\\", min_size=1, max_size=40), min_size=1, max_size=8).map(" ".join)
GENERATED = st.one_of(st.text(CHARACTERS, max_size=12), WORDY, st.lists(WORDY, max_size=3).map("\n".join))
LEAVES = st.one_of(GENERATED, st.integers(-5, 5), st.booleans(), st.none())


def _objects(inner: st.SearchStrategy[Literal]) -> st.SearchStrategy[Literal]:
    return st.dictionaries(GENERATED.map(lambda key: normalize("NFC", key)), inner, max_size=3)


NESTED = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | _objects(inner), max_leaves=8)
VALUES = st.lists(NESTED, min_size=60, max_size=60)
SETTINGS = settings(database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason=REASON)


def _places(text: str) -> list[Literal]:
    """Values that hold a text: alone, in lists, in objects, as a key, before and after others."""
    nested: list[Literal] = [{"k": [[text], {"l": text}]}, [{"a": text}], {text: {text: [text]}}]
    return [text, [text, text], {"a": text, "b": text}, *nested]


def written(literal: Literal) -> str:
    """What peerlint makes of ``yamlencode``, as JSON."""
    result = call("yamlencode", [value(literal)], FileContext("/", "/", "/"))
    assert isinstance(result, Known)
    return encode(result)


def check(literals: list[Literal], directory: Path) -> None:
    theirs = evaluate([f"yamlencode({hcl(literal)})" for literal in literals], directory)
    ours = list(map(written, literals))
    differ = [(literal, *both) for literal, *both in zip(literals, ours, theirs, strict=True) if both[0] != both[1]]
    assert differ == []


@needs_terraform
def test_every_text_at_every_place(tmp_path: Path) -> None:
    check([place for text in TEXTS for place in _places(text)], tmp_path)


@needs_terraform
@given(VALUES)
@settings(SETTINGS, max_examples=3, derandomize=True)
def test_generated_values(tmp_path_factory: pytest.TempPathFactory, literals: list[Literal]) -> None:
    check(literals, tmp_path_factory.mktemp("root"))


@pytest.mark.fuzz
@needs_terraform
@given(VALUES)
@settings(SETTINGS, max_examples=int(os.environ.get("FUZZ_BATCHES", "200")))
def test_many_generated_values(tmp_path_factory: pytest.TempPathFactory, literals: list[Literal]) -> None:
    check(literals, tmp_path_factory.mktemp("root"))


def test_what_indentation_alone_makes_too_large() -> None:
    nested: Literal = "x\n" * 100_000
    for _ in range(20):
        nested = [nested]
    with pytest.raises(TooLarge):
        written(nested)
