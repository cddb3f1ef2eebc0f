"""Which files and directories of a tree are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from peerlint.cloudformation.syntax import MAX_BYTES
from peerlint.discover import Exclude, Sources, discover, terraform_directories
from peerlint.project import project_of
from peerlint.usage import ConfigError

TEMPLATE = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Hub:\n    Type: AWS::EC2::VPC\n"


def _tree(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        is_template = path.suffix in (".yaml", ".yml", ".json", ".template", ".cfn") and ".tf" not in path.name
        path.write_text(TEMPLATE if is_template and "other" not in name else "{}")


def _found(top: Path, *paths: str, exclude: tuple[str, ...] = ()) -> tuple[list[str], list[str], list[str]]:
    sources = discover([str(top / path) for path in paths or ("",)], Exclude(str(top), exclude))
    templates = tuple(dict.fromkeys((*sources.templates, *sources.touched_templates)))
    return _names(top, sources.directories), _names(top, sources.touched), _names(top, templates)


def _names(top: Path, paths: tuple[str, ...]) -> list[str]:
    return [os.path.relpath(path, top) for path in paths]


def test_a_tree_is_searched_for_both_languages(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        "a/main.tf",
        "b/main.tofu",
        "c/x.tf.json",
        "d/x.tofu.json",
        "e/f/main.tf",
        "g/only.tfvars",
        "README.md",
    )
    _tree(tmp_path, "t/a.yaml", "t/b.yml", "t/c.template", "t/d.cfn", "t/other.yaml", "t/other.json")
    directories, touched, templates = _found(tmp_path)
    assert directories == ["a", "b", "c", "d", "e/f"]
    assert touched == []
    assert templates == ["t/a.yaml", "t/b.yml", "t/c.template", "t/d.cfn"]


def test_hidden_directories_and_those_of_tools_are_passed_over(tmp_path: Path) -> None:
    _tree(
        tmp_path, "a/.terraform/modules/m/main.tf", ".git/x.tf", "node_modules/p/a.yaml", "env/lib/main.tf", "b/main.tf"
    )
    (tmp_path / "env" / "pyvenv.cfg").touch()
    assert _found(tmp_path) == (["b"], [], [])


def test_data_too_large_for_a_template_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data.yaml"
    data.write_text(TEMPLATE + f"# {' ' * MAX_BYTES}\n")
    assert _found(tmp_path) == ([], [], [])
    assert _found(tmp_path, "data.yaml") == ([], [], ["data.yaml"])


def test_a_directory_that_is_named_is_searched_though_hidden(tmp_path: Path) -> None:
    _tree(tmp_path, ".infra/main.tf")
    assert _found(tmp_path, ".infra") == ([".infra"], [], [])


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("examples", ["a", "b/test"]),
        ("examples/", ["a", "b/test"]),
        ("examples/**", ["a", "b/test"]),
        ("**/test", ["a", "examples/deep/x", "examples/y"]),
        ("examples/*/x", ["a", "b/test", "examples/y"]),
        ("ex*", ["a", "b/test"]),
        ("main.tf", []),
        ("a/main.tf", ["b/test", "examples/deep/x", "examples/y"]),
    ],
)
def test_excluded_patterns(tmp_path: Path, pattern: str, left: list[str]) -> None:
    _tree(tmp_path, "a/main.tf", "b/test/main.tf", "examples/deep/x/main.tf", "examples/y/main.tf")
    assert _found(tmp_path, exclude=(pattern,))[0] == left
    assert (
        list(map(str, _names(tmp_path, terraform_directories(str(tmp_path), Exclude(str(tmp_path), (pattern,))))))
        == left
    )


def test_an_excluded_file_that_is_named_stays_excluded(tmp_path: Path) -> None:
    """pre-commit names every changed file."""
    _tree(tmp_path, "examples/main.tf", "examples/a.yaml")
    assert _found(tmp_path, "examples/main.tf", "examples/a.yaml", exclude=("examples",)) == ([], [], [])


def test_a_file_stands_for_its_directory_or_for_itself(tmp_path: Path) -> None:
    _tree(tmp_path, "a/main.tf", "a/vpc.tf", "a/prod.tfvars", "b/a.yaml", "b/b.yaml", "b/other.yaml", "README.md")
    named = ("a/main.tf", "a/vpc.tf", "a/prod.tfvars", "b/a.yaml", "b/other.yaml", "README.md")
    assert _found(tmp_path, *named) == ([], ["a"], ["b/a.yaml"])


def test_a_var_file_stands_for_the_root_that_it_is_given_to(tmp_path: Path) -> None:
    """pre-commit names every changed file."""
    _tree(
        tmp_path,
        "a/main.tf",
        "a/env/dev.tfvars",
        "b/main.tf",
        "b/envs/prod/x.tfvars.json",
        "env/main.tf",
        "env/x.tfvars",
    )
    named = ("a/env/dev.tfvars", "b/envs/prod/x.tfvars.json", "env/x.tfvars")
    assert _found(tmp_path, *named) == ([], ["a", "b", "env"], [])


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    _tree(tmp_path, "a/main.tf", "a/a.yaml")
    assert _found(tmp_path, "", "a", "a/../a/a.yaml") == (["a"], [], ["a/a.yaml"])


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    _tree(tmp_path, "a/main.tf")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert _found(tmp_path)[0] == ["a"]


def test_a_path_that_does_not_exist_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone: no such file or directory$"):
        discover([str(tmp_path / "gone")], Exclude(str(tmp_path)))


def test_a_link_to_nothing_is_unreadable_input(tmp_path: Path) -> None:
    (tmp_path / "main.tf").symlink_to(tmp_path / "gone.tf")
    sources = discover([str(tmp_path / "main.tf")], Exclude(str(tmp_path)))
    assert [problem.at.file for problem in sources.problems] == [str(tmp_path / "main.tf")]
    assert sources == Sources(problems=sources.problems, given=(str(tmp_path),))


def test_outside_a_repository_nothing_is_read_beyond_what_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    root = tmp_path / "given" / "roots" / "a"
    assert project_of(str(root), (str(tmp_path / "given"), str(root))) == str(tmp_path / "given")
    assert project_of(str(root)) == str(root)
    monkeypatch.chdir(tmp_path)
    assert project_of(str(root)) == str(tmp_path)
