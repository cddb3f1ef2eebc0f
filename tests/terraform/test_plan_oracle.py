"""Whole roots, one folder each: every output as the real ``terraform plan`` gives it, known or unknown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.oracle.terraform_plan import TERRAFORM, planned_outputs
from tests.terraform.outputs import outputs_of, rounded

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="the terraform binary is not installed")

ROOTS = sorted(path for path in (Path(__file__).parent.parent / "oracle" / "roots").iterdir() if path.is_dir())


@pytest.mark.parametrize("root", ROOTS, ids=lambda path: path.name)
def test_every_output_is_as_plan_has_it(root: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(root, tmp_path / "root"))
    assert rounded(outputs_of(folder)) == rounded(planned_outputs(folder))


def test_there_are_many_roots() -> None:
    assert len(ROOTS) >= 30
