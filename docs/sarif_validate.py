"""Validates real SARIF output with the SARIF Multitool of npm: ``python docs/sarif_validate.py PATH…``.

Fails on an error or a warning of any of its rules.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "@microsoft/sarif-multitool-linux"


def validate(paths: list[str], folder: Path) -> list[str]:
    """The errors and warnings, one line each."""
    log, verdict = folder / "peerlint.sarif", folder / "verdict.sarif"
    check = [sys.executable, "-m", "peerlint", "--format", "sarif", "--output", str(log), *paths]
    if subprocess.run(check, check=False).returncode not in (0, 1, 3):
        raise SystemExit("peerlint itself failed")
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), PACKAGE], check=True)
    tool = folder / "node_modules" / PACKAGE / "Sarif.Multitool"
    tool.chmod(0o755)
    subprocess.run(
        [
            str(tool),
            "validate",
            str(log),
            "--output",
            str(verdict),
            "--level",
            "Error;Warning",
            "--rule-kind",
            "Sarif;Ghas",
        ],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=False,
    )
    results = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    return [f"{result.get('level', 'warning')} {result['ruleId']}: {result['message']}" for result in results]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        faults = validate(sys.argv[1:], Path(name))
    print("\n".join(faults) or "no errors or warnings")
    sys.exit(bool(faults))
