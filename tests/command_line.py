"""Runs of the command line in processes of their own, as a user's are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

from tests.fork_server import Request

ROOT = Path(__file__).parent.parent
OURS = ("TF_VAR_", "PEERLINT_", "NO_COLOR")


def started(directory: Path, *arguments: str, **environment: str) -> CompletedProcess[str]:
    """A run of ``python -m peerlint``."""
    command = [sys.executable, "-m", "peerlint", *arguments]
    return subprocess.run(
        command, cwd=directory, env=_environment(environment), capture_output=True, text=True, check=False
    )


def forked(directory: Path, *arguments: str, **environment: str) -> CompletedProcess[str]:
    """The same in a fork of a process that has imported peerlint; what is set for the interpreter has no effect."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        request = Request(
            arguments=list(arguments),
            directory=str(directory),
            environment=_environment(environment),
            out=str(out),
            err=str(err),
        )
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        print(json.dumps(request), file=server.stdin, flush=True)
        code = int(server.stdout.readline())
        return CompletedProcess(arguments, code, out.read_text(), err.read_text())


def _environment(given: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PEERLINT_CACHE": "0", **given}


@cache
def _server() -> subprocess.Popen[str]:
    """It leaves when its input ends, as it does with this process."""
    command = [sys.executable, "-m", "tests.fork_server"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
