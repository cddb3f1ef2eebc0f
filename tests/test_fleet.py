"""The example with Dask, on few repositories: what is found is what was made wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "fleet"


def test_exports_are_mapped_and_their_check_is_that_of_the_sources(tmp_path: Path) -> None:
    command = [sys.executable, EXAMPLE / "fleet.py", "--repositories", "16", "--folder", tmp_path]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same as one run over all sources" in done.stdout
    assert len(list((tmp_path / "exports").iterdir())) == 16
    summary = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert (summary["stacks"], summary["peerings"], summary["undecided"]) == (16, 8, 0)
    assert summary["findings"] == {"error": 2, "warning": 0, "note": 0}
    exports = sorted(str(path) for path in (tmp_path / "exports").iterdir())
    check = [sys.executable, "-m", "peerlint", "check", *exports, "--format", "json"]
    report = json.loads(subprocess.run(check, capture_output=True, text=True, check=False).stdout)
    found = [(finding["rule"], finding["at"]["file"]) for finding in report["findings"]]
    assert found == [("PL101", "team-0007/main.tf"), ("PL201", "team-0015/main.tf")]
