"""Many expressions in one root, as the real ``terraform plan`` and ``apply`` evaluate them as its outputs.

The root is made of terraform's own ``terraform_data`` and of locals, so that nothing is installed. Expressions in error
are told apart by the places of the diagnostics: those are taken out and the rest is planned again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.oracle.terraform_plan import TERRAFORM, masked

ERROR = "(an error)"
"""What stands for an expression that terraform refuses."""

_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What plan knows of an expression with nothing applied, and what it is after apply."""

    planned: object
    applied: object


def answers(expressions: Sequence[str], preamble: str, folder: Path) -> list[Answer]:
    """What terraform makes of each expression, beside what the preamble declares.

    Raises RuntimeError where the batch itself fails, as for a syntax error.
    """
    (folder / "preamble.tf").write_text(preamble, encoding="utf-8")
    failed: set[int] = set()
    planned = _until_it_works(expressions, folder, failed, "plan", "-out=plan")
    shown = json.loads(_run(folder, "show", "-json", "plan").stdout, parse_float=Decimal) if planned else {}
    changes = shown.get("output_changes", {})
    before = {name: masked(change.get("after"), change.get("after_unknown")) for name, change in changes.items()}
    undone = set(failed)
    _until_it_works(expressions, folder, undone, "apply", "-auto-approve")
    outputs = json.loads(_run(folder, "output", "-json").stdout, parse_float=Decimal)
    after = {name: output["value"] for name, output in outputs.items()}
    names = [_name(index) for index in range(len(expressions))]
    return [
        Answer(ERROR if index in failed else before.get(name), ERROR if index in undone else after.get(name))
        for index, name in enumerate(names)
    ]


def write_outputs(expressions: Sequence[str], folder: Path, left_out: Collection[int] = ()) -> list[int]:
    """Write ``outputs.tf`` with one output for each expression, ``v0`` and so on; returns the lines they begin at."""
    lines: list[str] = []
    starts: list[int] = []
    for index, expression in enumerate(expressions):
        starts.append(len(lines) + 1)
        if index not in left_out:
            lines += [f'output "{_name(index)}" {{', *f"  value = {expression}".split("\n"), "}"]
    (folder / "outputs.tf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return starts


def _name(index: int) -> str:
    return f"v{index}"


def _until_it_works(expressions: Sequence[str], folder: Path, failed: set[int], *command: str) -> bool:
    for _ in range(_ATTEMPTS):
        starts = write_outputs(expressions, folder, failed)
        done = _run(folder, command[0], "-input=false", "-json", *command[1:])
        if done.returncode == 0:
            return True
        failing = {bisect_right(starts, line) - 1 for line in _error_lines(done.stdout)} | _unwritable(done.stdout)
        failing -= failed
        if not failing:
            raise RuntimeError(f"terraform {command[0]} failed:\n{done.stdout}\n{done.stderr}")
        failed |= failing
    raise RuntimeError(f"terraform {command[0]} fails in ever more expressions")


def _error_lines(messages: str) -> set[int]:
    lines: set[int] = set()
    for message in map(json.loads, messages.splitlines()):
        diagnostic = message.get("diagnostic", {})
        place = diagnostic.get("range", {})
        if diagnostic.get("severity") == "error" and place.get("filename") == "outputs.tf":
            lines.add(place["start"]["line"])
    return lines


def _unwritable(messages: str) -> set[int]:
    """The outputs that cannot be written into a plan, as what is infinite."""
    return {int(number) for number in re.findall(r'output value \\"v(\d+)\\"', messages)}


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert TERRAFORM is not None
    environment = {**os.environ, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("TF_VAR_")}
    return subprocess.run(
        [TERRAFORM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
