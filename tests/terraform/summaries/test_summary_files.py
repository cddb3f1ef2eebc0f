"""The summaries as they are shipped: they can be read, and say what they are for."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from peerlint.terraform.references import unresolved_references
from peerlint.terraform.summaries import FOLDER, Summary, summaries

MODULES = sorted(path.parent.name.replace("__", "/") for path in Path(FOLDER).glob("*/summary.toml"))
EVERY = [summary for module in MODULES for summary in summaries(module)]
DOCUMENTED = (Path(__file__).parents[3] / "docs" / "modules.md").read_text(encoding="utf-8")


def test_the_modules_that_peering_code_uses_most_are_there() -> None:
    assert MODULES == [
        "aws-ia/vpc/aws",
        "cloudposse/dynamic-subnets/aws",
        "cloudposse/label/null",
        "cloudposse/vpc-peering-multi-account/aws",
        "cloudposse/vpc-peering/aws",
        "cloudposse/vpc/aws",
        "grem11n/vpc-peering/aws",
        "terraform-aws-modules/security-group/aws",
        "terraform-aws-modules/vpc/aws",
    ]


@pytest.mark.parametrize("summary", EVERY, ids=lambda summary: summary.title)
def test_a_summary_can_be_read_and_refers_to_nothing_that_it_lacks(summary: Summary) -> None:
    config = summary.configuration()
    assert config.problems == []
    assert list(unresolved_references(config, "")) == []
    assert config.outputs
    assert not config.variables.keys() & summary.without_effect
    assert not config.outputs.keys() & summary.unstated


@pytest.mark.parametrize("module", MODULES)
def test_the_ranges_of_a_module_do_not_meet(module: str) -> None:
    ranges = sorted((summary.range for summary in summaries(module)), key=lambda found: found.first)
    for earlier, later in pairwise(ranges):
        assert earlier.end is not None
        assert earlier.end <= later.first


@pytest.mark.parametrize("summary", EVERY, ids=lambda summary: summary.title)
def test_a_range_begins_and_ends_with_known_releases(summary: Summary) -> None:
    """It ends before a later known release, or at the newest one that there was to compare it with."""
    released = sorted(summary.released)
    assert summary.range.first in released
    assert summary.range.end is not None
    assert any(release in summary.range for release in released)
    assert summary.range.end <= (released[-1][0], released[-1][1], released[-1][2] + 1)


@pytest.mark.parametrize("summary", EVERY, ids=lambda summary: summary.title)
def test_the_page_says_for_which_releases_a_summary_holds(summary: Summary) -> None:
    row = re.search(rf"^\| `{re.escape(summary.module)}` \|(.*)\|$", DOCUMENTED, re.MULTILINE)
    assert row is not None
    assert summary.versions in row[1]


def test_every_file_belongs_to_a_summary() -> None:
    used = {os.path.normpath(path) for summary in EVERY for path in summary.files}
    assert {str(path) for path in Path(FOLDER).rglob("*.tf")} == used
