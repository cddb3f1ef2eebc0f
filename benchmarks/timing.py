"""What one run of a command costs, as the kernel counts it.

See wait4(2) and getrusage(2): CPU time is that of the process and of all descendants that it waited for, and memory is
the largest resident set among them. A process starts with the resident set of the one that forked it, about 20 MiB
here, so that nothing smaller can be told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """``cpu`` and ``wall`` are seconds, ``memory`` is bytes."""

    cpu: float
    wall: float
    memory: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that came to an end; ``said`` is the end of what it wrote to stderr."""

    code: int
    cost: Cost
    said: str


def timed(arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> Ended:
    """Runs a command to its end, with no input and its output thrown away."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            arguments, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(max(0, errors.tell() - 2000))
        said = errors.read().decode(errors="replace")
    cost = Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * MAXRSS_UNIT)
    return Ended(process.returncode, cost, said)
