"""Processes that help: forked from this one, they have all that it has read, and send back what they make of a job.

What a helper saw of the file system and what it parsed is sent as well, so that nothing is told apart by who did it.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator, Sequence

from peerlint import filesystem
from peerlint.jobs.job import Job, Outcome, outcome
from peerlint.jobs.sent import Sent, pack, unpack
from peerlint.terraform.trees import TREES

SHARES = 8
"""Into how many shares the work of each helper is cut: one that has easy ones takes more of them."""

_jobs: Sequence[Job] = ()


def helped(jobs: Sequence[Job], helpers: int, progress: Callable[[str], None]) -> Iterator[Outcome]:
    """The outcome of each job, in their order. What a helper cannot send, or did not live to send, is done here."""
    sent = _sent(jobs, helpers)
    for job in jobs:
        progress(job[0])
        there = unpack(next(sent, b""))
        if there is None:
            yield outcome(job)
        else:
            filesystem.learn(there.sights)
            TREES.learn(there.trees)
            yield there.outcome


def _sent(jobs: Sequence[Job], helpers: int) -> Iterator[bytes]:
    """What is sent for each job; it ends early where a helper is gone, as for want of memory."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _jobs
    _jobs = jobs
    gc.freeze()  # what helpers share with this process they need not look through, which would copy it
    try:
        with ProcessPoolExecutor(helpers, get_context("fork"), _begin) as pool:
            yield from pool.map(_do, range(len(jobs)), chunksize=max(1, len(jobs) // (helpers * SHARES)))
    except BrokenProcessPool:
        return
    finally:
        gc.unfreeze()
        _jobs = ()


def _begin() -> None:
    """A helper leaves at once when it is interrupted, and sends only what it adds."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    TREES.taken()


def _do(index: int) -> bytes:
    mark = filesystem.mark()
    made = outcome(_jobs[index])
    return pack(Sent(made, filesystem.since(mark), TREES.taken()))
