"""The works are what their names say: a run on them is one on that many files and peerings, with nothing unreadable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import workloads
from benchmarks.workloads import Workload
from peerlint import run
from peerlint.config import Config


@pytest.mark.parametrize(
    ("make", "files", "stacks", "peerings"),
    [
        (workloads.two_files, 2, 1, 1),
        (workloads.ten_modules, 32, 1, 6),
        (workloads.one_template, 1, 1, 1),
        (workloads.hundred_templates, 100, 100, 20),
    ],
)
def test_a_work_is_what_its_name_says(
    make: Callable[[Path], Workload], files: int, stacks: int, peerings: int, tmp_path: Path
) -> None:
    work = make(tmp_path)
    result = run.analyse(run.Request(paths=(str(work.folder),)), Config(directory=str(tmp_path)), lambda _: None)
    assert len(work.files) == files
    assert (result.stacks, result.peerings) == (stacks, peerings)
    assert [report.rule.id for report in result.active if report.rule.id.startswith("PL9")] == []


def test_a_tree_is_copied_without_what_git_keeps(tmp_path: Path) -> None:
    source = tmp_path / "estate"
    (source / ".git").mkdir(parents=True)
    (source / ".git" / "hook.tf").write_text("locals {}\n")
    (source / "main.tf").write_text("locals {}\n")
    (tmp_path / "scratch").mkdir()
    work = workloads.tree(tmp_path / "scratch", source)
    assert [path.relative_to(work.folder) for path in work.files] == [Path("main.tf")]
    assert not (work.folder / ".git").exists()
