"""Functions that read files: relative to the root module, inside the project, regular and small ones only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from peerlint.network.values import Known, Unknown
from peerlint.terraform.functions import FileContext, call, files
from peerlint.terraform.values import EvaluationError, Plain, TfSet, TfValue


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project" / "envs" / "prod"
    root.mkdir(parents=True)
    (root / "peers.json").write_text('{"cidr": "10.0.0.0/16"}')
    (tmp_path / "project" / "shared.yaml").write_text("a: 1\n")
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "project"


def read(project: Path, name: str, *args: str) -> TfValue:
    root = str(project / "envs" / "prod")
    return call(name, [Known(arg) for arg in args], FileContext(str(project / "modules"), str(project), root))


def test_paths_start_at_the_root_module(project: Path) -> None:
    assert read(project, "file", "peers.json") == Known('{"cidr": "10.0.0.0/16"}')
    assert read(project, "file", "../../shared.yaml") == Known("a: 1\n")
    assert read(project, "file", str(project / "shared.yaml")) == Known("a: 1\n")
    assert read(project, "abspath", "x/../y") == Known(str(project / "envs" / "prod" / "y"))


@pytest.mark.parametrize("name", ["file", "fileexists", "filebase64", "filemd5", "filesha256"])
def test_nothing_outside_the_project_is_read(project: Path, name: str) -> None:
    os.symlink(project.parent / "secret.txt", project / "envs" / "prod" / "link.txt")
    for path in ("../../../secret.txt", str(project.parent / "secret.txt"), "link.txt", "~/.aws/credentials", "a\0b"):
        assert isinstance(read(project, name, path), Unknown)


def test_a_file_set_does_not_leave_the_project(project: Path) -> None:
    os.symlink(project.parent / "secret.txt", project / "envs" / "prod" / "link.txt")
    assert isinstance(read(project, "fileset", ".", "*.txt"), Unknown)
    assert isinstance(read(project, "fileset", "../../..", "*.txt"), Unknown)
    assert isinstance(read(project, "fileset", ".", "../*.txt"), Unknown)
    assert read(project, "fileset", ".", "*.json") == Known(TfSet((Known("peers.json"),)))


def test_what_is_not_there(project: Path) -> None:
    assert read(project, "fileexists", "nope.json") == Known(False)
    with pytest.raises(EvaluationError, match=r"no file exists at nope\.json"):
        read(project, "file", "nope.json")


def test_neither_large_files_nor_pipes_are_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(project / "envs" / "prod" / "pipe")
    assert isinstance(read(project, "file", "pipe"), Unknown)
    monkeypatch.setattr(files, "MAX_FILE_SIZE", 10)
    assert isinstance(read(project, "file", "peers.json"), Unknown)


def test_a_file_set_of_too_many_files_is_not_evaluated(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "envs" / "prod" / "other.json").write_text("{}")
    monkeypatch.setattr(files, "MAX_FILES", 1)
    assert isinstance(read(project, "fileset", ".", "*"), Unknown)


def test_a_template_is_rendered_by_the_context(project: Path) -> None:
    seen: list[tuple[str, Mapping[str, TfValue], str]] = []

    def render(template: str, variables: Mapping[str, TfValue], path: str) -> TfValue:
        seen.append((template, variables, path))
        return Known("rendered")

    root = str(project / "envs" / "prod")
    context = FileContext(root, str(project), root, render)
    variables: Known[Plain] = Known({"name": Known("x")})
    assert call("templatefile", [Known("../../shared.yaml"), variables], context) == Known("rendered")
    assert seen == [("a: 1\n", {"name": Known("x")}, "../../shared.yaml")]
    with pytest.raises(EvaluationError):
        call("templatefile", [Known("peers.json"), Known("x")], context)
    with pytest.raises(EvaluationError):  # as from within a template
        call("templatefile", [Known("peers.json"), variables], FileContext(root, root, root))
