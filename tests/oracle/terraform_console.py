"""The real ``terraform console`` as an oracle for expressions that need no provider.

The console prints only the last result of what it reads from a pipe and stops at the first error, so a batch is one
expression: a list in which ``try`` stands around each.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

TERRAFORM = shutil.which("terraform")
REASON = "the terraform binary is not there"

UNKNOWN = "(known after apply)"
"""What the console prints for a value that is not known."""

_LONGEST_LINE = 40_000
"""The console reads at most 64 KiB a line."""


def evaluate(expressions: Sequence[str], directory: Path) -> list[str | None]:
    """What ``jsonencode`` makes of each expression, ``None`` where Terraform reports an error.

    A value that Terraform does not know is ``UNKNOWN``. ``directory`` becomes the working directory.
    Raises RuntimeError where the batch itself fails, as for a syntax error.
    """
    return [outcome for batch in _batches(expressions) for outcome in _run(batch, directory)]


def _batches(expressions: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for expression in expressions:
        if batch and sum(map(len, batch)) + 40 * len(batch) > _LONGEST_LINE:
            yield batch
            batch = []
        batch.append(expression)
    if batch:
        yield batch


def _run(batch: Sequence[str], directory: Path) -> list[str | None]:
    attempts = ", ".join(f"try([jsonencode({each})], [])" for each in batch)
    if TERRAFORM is None:
        raise RuntimeError(REASON)
    done = subprocess.run(
        [TERRAFORM, "console", "-no-color"],
        input=f"base64encode(jsonencode([{attempts}]))\n",
        capture_output=True,
        text=True,
        cwd=directory,
        env={**os.environ, "CHECKPOINT_DISABLE": "1", "TF_DATA_DIR": str(directory / ".terraform")},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"terraform console failed:\n{done.stderr}")
    if done.stdout.strip() == UNKNOWN:
        middle = len(batch) // 2
        return [UNKNOWN] if not middle else [*_run(batch[:middle], directory), *_run(batch[middle:], directory)]
    answer = base64.b64decode(done.stdout.strip().strip('"'))
    return [outcome[0] if outcome else None for outcome in json.loads(answer)]
