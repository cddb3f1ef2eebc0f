"""What a command imports: what it needs not, a user need not wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"lark", "hcl2", "cfnlint", "sarif_om", "jschema_to_python", "yaml", "netaddr", "regex", "msgspec", "moto"}
BROKEN = Path(__file__).parent.parent / "fixtures" / "scenarios" / "hub-and-spoke" / "broken"

RUN = """
import json, sys
from peerlint.cli import main
try:
    main()
except SystemExit:
    pass
with open(sys.argv.pop(), "w") as file:
    json.dump(sorted({name.partition(".")[0] for name in sys.modules}), file)
"""


def _imported(directory: Path, *arguments: str, kept: Path | None = None) -> set[str]:
    told = directory / "modules.json"
    environment = {**os.environ, "PEERLINT_CACHE": "0"}
    if kept is not None:
        environment |= {"PEERLINT_CACHE": "1", "PEERLINT_CACHE_DIR": str(kept)}
    code = RUN.replace("sys.argv.pop()", repr(str(told)))
    subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, check=True)
    return set(json.loads(told.read_text()))


def test_the_version_needs_nothing_but_click(tmp_path: Path) -> None:
    found = _imported(tmp_path, "--version")
    assert found & {*HEAVY, "dataclasses", "tomllib", "platformdirs"} == set()


@pytest.mark.parametrize("arguments", [("rules",), ("explain", "PL201"), ("cache", "dir"), ("--help",)])
def test_what_reads_no_code_imports_no_reader(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _imported(tmp_path, *arguments) & (HEAVY - {"netaddr"}) == set()


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_a_run_that_is_recalled_imports_only_what_recalls_it(format_: str, tmp_path: Path) -> None:
    arguments = ("--format", format_, str(BROKEN))
    first = _imported(tmp_path, *arguments, kept=tmp_path / "kept")
    assert {"lark", "netaddr"} <= first
    second = _imported(tmp_path, *arguments, kept=tmp_path / "kept")
    assert second & HEAVY == {"msgspec"}


def test_terraform_needs_nothing_of_cloudformation(tmp_path: Path) -> None:
    assert "cfnlint" not in _imported(tmp_path, str(BROKEN))
