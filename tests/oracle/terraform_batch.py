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
    blocks = [_output(index, expression) for index, expression in enumerate(expressions)]
    failed: set[int] = set()
    before = _planned(blocks, folder, failed)
    undone = set(failed)
    _until_it_works(blocks, folder, undone, "apply", "-auto-approve")
    _until_it_works(blocks, folder, undone, "plan")  # apply keeps what plan knows, and does not see that it fails
    outputs = json.loads(_run(folder, "output", "-json").stdout, parse_float=Decimal)
    after = {name: output["value"] for name, output in outputs.items()}
    names = [_name(index) for index in range(len(expressions))]
    return [
        Answer(ERROR if index in failed else before.get(name), ERROR if index in undone else after.get(name))
        for index, name in enumerate(names)
    ]


def converted(variables: Sequence[tuple[str, str]], folder: Path) -> list[object]:
    """What terraform makes of variables, each given by its type and its default."""
    failed: set[int] = set()
    planned = _planned(_variables(variables), folder, failed)
    return [ERROR if index in failed else planned.get(_name(index)) for index in range(len(variables))]


def write_outputs(expressions: Sequence[str], folder: Path) -> None:
    """Write ``outputs.tf`` with one output for each expression, ``v0`` and so on."""
    _write([_output(index, expression) for index, expression in enumerate(expressions)], folder, ())


def write_variables(variables: Sequence[tuple[str, str]], folder: Path) -> None:
    """Write ``outputs.tf`` with the variables, ``v0`` and so on, and an output for each."""
    _write(_variables(variables), folder, ())


def _output(index: int, expression: str) -> str:
    return f'output "{_name(index)}" {{\n  value = {expression}\n}}'


def _variables(variables: Sequence[tuple[str, str]]) -> list[str]:
    return [
        f'variable "{_name(index)}" {{\n  type    = {kind}\n  default = {default}\n}}\n'
        + _output(index, f"var.{_name(index)}")
        for index, (kind, default) in enumerate(variables)
    ]


def _write(blocks: Sequence[str], folder: Path, left_out: Collection[int]) -> list[int]:
    """Write the blocks but those left out; returns the lines that they begin at."""
    lines: list[str] = []
    starts: list[int] = []
    for index, block in enumerate(blocks):
        starts.append(len(lines) + 1)
        lines += [] if index in left_out else block.split("\n")
    (folder / "outputs.tf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return starts


def _name(index: int) -> str:
    return f"v{index}"


def _planned(blocks: Sequence[str], folder: Path, failed: set[int]) -> dict[str, object]:
    """The planned outputs of the blocks that do not fail; the others are put into ``failed``."""
    _until_it_works(blocks, folder, failed, "plan", "-out=plan")
    shown = _run(folder, "show", "-json", "plan")
    if shown.returncode != 0:
        infinite = _unshown(blocks, folder, failed)
        if not infinite:
            raise RuntimeError(f"terraform show failed:\n{shown.stdout}\n{shown.stderr}")
        failed |= infinite
        return _planned(blocks, folder, failed)
    changes = json.loads(shown.stdout, parse_float=Decimal).get("output_changes", {})
    return {name: masked(change.get("after"), change.get("after_unknown")) for name, change in changes.items()}


def _unshown(blocks: Sequence[str], folder: Path, failed: Collection[int]) -> set[int]:
    """The blocks that can be planned and not be shown, as JSON has no infinite numbers; each is tried by itself."""
    found: set[int] = set()
    for index in set(range(len(blocks))) - set(failed):
        _write(blocks, folder, set(range(len(blocks))) - {index})
        _run(folder, "plan", "-input=false", "-out=plan")
        if _run(folder, "show", "-json", "plan").returncode != 0:
            found.add(index)
    return found


def _until_it_works(blocks: Sequence[str], folder: Path, failed: set[int], *command: str) -> None:
    for _ in range(_ATTEMPTS):
        starts = _write(blocks, folder, failed)
        done = _run(folder, command[0], "-input=false", "-json", *command[1:])
        if done.returncode == 0:
            return
        failing = {bisect_right(starts, line) - 1 for line in _error_lines(done.stdout)}
        failing |= _unwritable(done.stdout + done.stderr)
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
    """The outputs that cannot be written into a plan or state, as what is infinite, at which terraform may crash."""
    return {int(number) for number in re.findall(r'output value \\?"v(\d+)\\?"', messages)}


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert TERRAFORM is not None
    environment = {**os.environ, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("TF_VAR_")}
    return subprocess.run(
        [TERRAFORM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
