"""A template and the same resources written with the ``awscc`` provider are reported alike.

Every template of the fixtures that can be written so is; the sentences are compared as those of twins are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint import run
from peerlint.config import Config
from tests.awscc_twin import Unwritable, written
from tests.test_rules import CASES, Case
from tests.test_twins import findings_of, plain_of

UNLIKE = {
    "dns-resolution-disabled/bad_far_account": "Terraform has a resource for the options",
    "dns-resolution-disabled/bad_neither_side": "Terraform has a resource for the options",
    "dns-resolution-disabled/bad_one_way": "Terraform has a resource for the options",
    "ineffective-peer-route/unknown_main_table": "Terraform can name the main table",
}
"""Cases in which Terraform can say more than CloudFormation with the same resources, and how."""


def _root_of(case: Case) -> str | None:
    if len(case.files) != 1 or "# run with" in case.files[0].read_text(encoding="utf-8"):
        return None
    try:
        return written(case.files[0].read_text(encoding="utf-8"))
    except Unwritable:
        return None


ROOTS = [(case, root) for case in CASES if case.language == "CloudFormation" and (root := _root_of(case)) is not None]


def test_most_templates_can_be_written_so() -> None:
    templates = [case for case in CASES if case.language == "CloudFormation"]
    assert len(ROOTS) > len(templates) / 2


@pytest.mark.parametrize(("case", "root"), ROOTS, ids=lambda value: str(value) if isinstance(value, Case) else "")
def test_the_same_is_said_of_both(case: Case, root: str, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(root, encoding="utf-8")
    request = run.Request(paths=(str(tmp_path),), select=(case.rule.id,))
    result = run.analyse(request, Config(directory=str(tmp_path)), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    template = case.result()
    said = findings_of(result, plain_of(Case(case.folder, "Terraform"), result))
    alike = said == findings_of(template, plain_of(case, template))
    asked = bool(result.questions) == bool(template.questions)
    assert (alike and asked) == (f"{case.rule.name}/{case.folder.name}" not in UNLIKE), root
