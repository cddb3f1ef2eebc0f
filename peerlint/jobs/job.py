"""A stack to read, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from peerlint.engine import Crash, crash
from peerlint.network.model import Fragment
from peerlint.network.values import Span
from peerlint.usage import ConfigError

Job: TypeAlias = tuple[str, str, Callable[[], list[Fragment]]]
"""What a stack is called, the file or directory it is in, and its reader."""

Outcome: TypeAlias = list[Fragment] | Crash | ConfigError
"""What a reader returned, or how it failed."""


def outcome(job: Job) -> Outcome:
    """What comes of a job here. A bug of a reader is said as PL900, and the other stacks are still read."""
    label, file, reader = job
    try:
        return reader()
    except ConfigError as error:
        return error
    except Exception as error:  # a bug of the reader, whatever it is
        return crash(f"reading {label} failed", Span(file, 1, 1, 1, 1), error)
