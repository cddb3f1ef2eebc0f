"""What the real ``terraform plan`` says of the outputs of a root that needs no provider from a registry."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

UNKNOWN = "(known after apply)"

TERRAFORM = shutil.which("terraform")


def planned_outputs(folder: Path) -> dict[str, object]:
    """The outputs of a plan with nothing applied; ``UNKNOWN`` stands where plan does not know."""
    terraform(folder, "init", "-input=false", "-backend=false")
    terraform(folder, "plan", "-input=false", "-out=plan")
    shown = json.loads(terraform(folder, "show", "-json", "plan"), parse_float=Decimal)
    changes = shown["output_changes"]
    return {name: masked(change.get("after"), change.get("after_unknown")) for name, change in changes.items()}


def terraform(folder: Path, *arguments: str) -> str:
    """What a command of Terraform says about the root in a folder."""
    assert TERRAFORM is not None
    environment = {**os.environ, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("TF_VAR_")}
    done = subprocess.run(
        [TERRAFORM, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def masked(after: object, unknown: object) -> object:
    """The value with ``UNKNOWN`` put where the mask says so."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict):
        known = after if isinstance(after, dict) else {}
        return {key: masked(known.get(key), unknown.get(key)) for key in {*known, *unknown}}
    if isinstance(unknown, list):
        items = after if isinstance(after, list) else []
        pairs = range(max(len(items), len(unknown)))
        return [masked(_at(items, i), _at(unknown, i)) for i in pairs]
    return after


def _at(items: list[object], index: int) -> object:
    return items[index] if index < len(items) else None
