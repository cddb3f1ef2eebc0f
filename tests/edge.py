"""What the tests that install packages share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".*cache", ".git", ".venv", ".hypothesis", "*.egg-info", "__pycache__", "build", "dist"
)


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where no package registry can be reached."""
    folder = tmp_path_factory.mktemp("registry")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "wheel"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no package registry can be reached")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, as a clone would have it."""
    shutil.copytree(ROOT, tmp_path / "project", ignore=LEFT_OUT)
    return tmp_path / "project"


def run(*command: str | Path, cwd: Path, code: int = 0, environment: Mapping[str, str] | None = None) -> str:
    """What a command prints; it must end with ``code``.

    Its pip compiles nothing: ``no`` is how its documentation has an option that begins with ``no-`` be on.
    """
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={**os.environ, "PIP_NO_COMPILE": "no", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout
