"""What is built and published: the package list, the wheel in an empty environment, the files around the code."""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from tests.edge import copy, registry, run

__all__ = ["copy", "registry"]

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LEFT_OUT = shutil.ignore_patterns(
    ".*cache", ".git", ".venv", ".hypothesis", "*.egg-info", "__pycache__", "build", "dist"
)


def test_every_package_is_listed() -> None:
    """The mapping of ``rules`` to ``peerlint_rules`` rules out automatic discovery."""
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "peerlint").rglob("__init__.py")}
    assert found | {"peerlint_rules"} == set(PROJECT["tool"]["setuptools"]["packages"])


def test_every_file_that_is_imported_lies_in_a_package() -> None:
    assert [path for path in (ROOT / "peerlint").rglob("*.py") if not (path.parent / "__init__.py").exists()] == []


def test_every_package_that_is_imported_is_a_dependency() -> None:
    """What another dependency happens to bring may go with its next version."""
    sources = [*(ROOT / "peerlint").rglob("*.py"), *(ROOT / "rules").glob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sources]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    imported = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"peerlint", "peerlint_rules"}
    provided = packages_distributions()
    declared = {re.split(r"[<>=]", text)[0].lower() for text in PROJECT["project"]["dependencies"]}
    assert {name for name in imported if not declared & {d.lower() for d in provided.get(name, [])}} == set()


def test_the_pre_commit_hook_takes_what_peerlint_reads() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    taken = (
        "a.tf",
        "a.tf.json",
        "a.tofu",
        "a.tofu.json",
        "a.tfvars",
        "a.yaml",
        "a.yml",
        "a.json",
        "a.template",
        "a.cfn",
    )
    assert [name for name in taken if not re.search(hook["files"], name)] == []
    assert [name for name in ("README.md", "tf", "a.py") if re.search(hook["files"], name)] == []
    assert hook["entry"] in PROJECT["project"]["scripts"]


def test_the_action_passes_inputs_by_environment_only() -> None:
    """An expression inside a script would let an input run commands."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


def test_the_workflow_of_the_guide_is_the_example() -> None:
    guide = (ROOT / "docs" / "github-code-scanning.md").read_text(encoding="utf-8")
    example = (ROOT / "docs" / "examples" / "code-scanning.yml").read_text(encoding="utf-8")
    assert f"```yaml\n{example}```" in guide
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["inputs"].keys() == set(re.findall(r"^\| `([\w-]+)` \|", guide, re.MULTILINE))


@pytest.mark.edge
def test_the_wheel_works_in_an_empty_environment(registry: None, copy: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--outdir", tmp_path, cwd=copy)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"peerlint", "peerlint_rules"}
    data = {f"peerlint/{path.relative_to(ROOT / 'peerlint').as_posix()}" for path in _summaries_here()}
    assert data - set(names) == set()
    run(sys.executable, "-m", "venv", tmp_path / "empty", cwd=tmp_path)
    python = tmp_path / "empty" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    rules = json.loads(run(tmp_path / "empty" / "bin" / "peerlint", "rules", "--format", "json", cwd=tmp_path))
    assert [rule["id"] for rule in rules] == [rule["id"] for rule in _rules_here()]
    broken = ROOT / "fixtures" / "scenarios" / "hub-and-spoke" / "broken"
    for format_ in ("text", "sarif"):
        found = run(tmp_path / "empty" / "bin" / "peerlint", "--format", format_, broken, cwd=tmp_path, code=1)
        assert "PL201" in found
    summarised = ROOT / "fixtures" / "scenarios" / "registry-modules" / "broken"
    found = run(tmp_path / "empty" / "bin" / "peerlint", summarised, cwd=tmp_path, code=1)
    assert "error[PL101]" in found


def _summaries_here() -> list[Path]:
    folder = ROOT / "peerlint" / "terraform" / "summaries"
    return [*folder.rglob("*.tf"), *folder.rglob("*.toml")]


def _rules_here() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(
        run(sys.executable, "-m", "peerlint", "rules", "--format", "json", cwd=ROOT)
    )
    return rows


@pytest.mark.edge
def test_the_source_distribution_holds_what_its_tests_need(registry: None, copy: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--outdir", tmp_path, cwd=copy)
    (archive,) = tmp_path.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path / "unpacked")
    (top,) = (tmp_path / "unpacked").iterdir()
    for kept in ("fixtures", "rules", "tests", "docs", "peerlint/terraform/summaries"):
        here = {path.relative_to(copy) for path in (copy / kept).rglob("*") if path.is_file()}
        there = {path.relative_to(top) for path in (top / kept).rglob("*") if path.is_file()}
        assert here - there == set()


@pytest.mark.edge
def test_the_command_of_the_readme_sets_everything_up_and_does_the_main_job(copy: Path, registry: None) -> None:
    """The first ``make`` command of *Install*, as written, in a clone without an environment."""
    install = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Install\n")[2].partition("\n## ")[0]
    command = re.findall(r"^\$ (make .*)$", install, re.MULTILINE)[0]
    printed = run(*command.split(), cwd=copy, environment={"MAKEFLAGS": ""})
    assert "error[PL" in printed
    assert "broken on purpose" in printed
