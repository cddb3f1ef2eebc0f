"""The pre-commit hook, as a repository that uses it runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.edge import copy, registry, run

__all__ = ["copy", "registry"]

CLEAN = """\
resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
}
"""
LOOP = """
resource "aws_vpc_peering_connection" "loop" {
  vpc_id      = aws_vpc.hub.id
  peer_vpc_id = aws_vpc.hub.id
  auto_accept = true
}
"""
IDENTITY = {
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.org",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@example.org",
}


def _repository(path: Path) -> None:
    run("git", "init", "--quiet", cwd=path)
    run("git", "add", "--all", cwd=path)
    run("git", "commit", "--quiet", "--message", "all", cwd=path, environment=IDENTITY)


@pytest.mark.edge
def test_the_hook_passes_on_a_clean_estate_and_fails_on_a_broken_one(
    registry: None, copy: Path, tmp_path: Path
) -> None:
    _repository(copy)
    estate = tmp_path / "estate"
    estate.mkdir()
    (estate / "main.tf").write_text(CLEAN)
    (estate / "README.md").write_text("# An estate\n")
    (estate / "values.yaml").write_text("a: 1\n")
    _repository(estate)
    hook = [sys.executable, "-m", "pre_commit", "try-repo", str(copy), "peerlint", "--all-files"]
    home = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), **IDENTITY}
    assert "Passed" in run(*hook, cwd=estate, environment=home)
    (estate / "main.tf").write_text(CLEAN + LOOP)
    failed = run(*hook, cwd=estate, code=1, environment=home)
    assert "error[PL103] self-peering" in failed
    assert "exit code: 1" in failed
