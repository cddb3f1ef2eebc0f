"""Where the templates of nested stacks are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerlint.cloudformation import CloudFormationOptions
from peerlint.cloudformation.stacks.files import TemplateFiles

NESTING = "Resources: {Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: PLACE}}}\n"


@pytest.mark.parametrize(("url", "is_found"), [("in.yaml", True), ("../out.yaml", False), ("link.yaml", False)])
def test_what_a_template_nests_is_looked_for_in_the_project_only(tmp_path: Path, url: str, is_found: bool) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.yaml").write_text(NESTING.replace("PLACE", url), encoding="utf-8")
    (project / "in.yaml").write_text(NESTING, encoding="utf-8")
    (tmp_path / "out.yaml").write_text(NESTING, encoding="utf-8")
    (project / "link.yaml").symlink_to(tmp_path / "out.yaml")
    found = TemplateFiles().nested_by(str(project / "main.yaml"), CloudFormationOptions(project=str(project)))
    assert found == ((str(project / url),) if is_found else ())
