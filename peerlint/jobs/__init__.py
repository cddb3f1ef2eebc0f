"""The readers of stacks are run one after the other, or side by side where that pays; results keep their order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

from peerlint.jobs.job import Job, Outcome, outcome

__all__ = ["Job", "Outcome", "outcomes"]

PAYS = 0.25
"""Seconds that one process reads before others are asked to help: what they need to begin is well below it."""

MOST = 8
"""Processes at most where nobody says how many: each holds what it has read, and what they send is taken one by one."""

CAN_HELP = hasattr(os, "fork")
"""Whether this system forks processes; where it does not, one process reads everything."""


def outcomes(jobs: Sequence[Job], processes: int | None, progress: Callable[[str], None]) -> Iterator[Outcome]:
    """The outcome of each job, in their order, from that many processes; ``None`` takes as many as there is work for.

    ``progress`` is told each stack before its outcome is waited for.
    """
    most = _usable() if processes is None else processes
    until = time.perf_counter() + (PAYS if processes is None else 0)
    for index, job in enumerate(jobs):
        helpers = min(most, len(jobs) - index)
        if helpers > 1 and time.perf_counter() >= until and CAN_HELP:
            from peerlint.jobs.workers import helped

            yield from helped(jobs[index:], helpers, progress)
            return
        progress(job[0])
        yield outcome(job)


def _usable() -> int:
    """How many processors this process may use, up to what starting helpers is worth."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(there or 1, MOST)
