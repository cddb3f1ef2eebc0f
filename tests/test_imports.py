"""What a command imports: what it needs not, a user need not wait for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"lark", "hcl2", "cfnlint", "sarif_om", "jschema_to_python", "yaml", "netaddr", "regex", "moto"}
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
    assert found & {*HEAVY, "dataclasses", "msgspec", "tomllib", "platformdirs"} == set()


@pytest.mark.parametrize("arguments", [("rules",), ("explain", "PL201"), ("cache", "dir"), ("--help",)])
def test_what_reads_no_code_imports_no_reader(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _imported(tmp_path, *arguments) & (HEAVY - {"netaddr"}) == set()


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_a_run_that_is_recalled_imports_only_what_recalls_it(format_: str, tmp_path: Path) -> None:
    arguments = ("--format", format_, str(BROKEN))
    first = _imported(tmp_path, *arguments, kept=tmp_path / "kept")
    assert {"lark", "netaddr"} <= first
    assert "hcl2" not in first  # its grammar is a file
    second = _imported(tmp_path, *arguments, kept=tmp_path / "kept")
    assert second & HEAVY == set()


def test_neither_language_needs_the_reader_of_the_other(tmp_path: Path) -> None:
    assert "cfnlint" not in _imported(tmp_path, str(BROKEN))
    template = tmp_path / "template.yaml"
    template.write_text("Resources:\n  P:\n    Type: AWS::EC2::VPCPeeringConnection\n    Properties: {}\n")
    found = _imported(tmp_path, str(template))
    assert "cfnlint" in found
    assert found & {"lark", "hcl2"} == set()


def test_code_that_mentions_no_peering_needs_no_parser(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "a" {\n  cidr_block = cidrsubnet("10.0.0.0/8", 8, 1)\n}\n')
    assert _imported(tmp_path, str(tmp_path)) & {"lark", "hcl2", "cfnlint"} == set()


CODE = 'resource "aws_vpc_peering_connection" "p" {\n  vpc_id = try(var.vpc, "vpc-0a1b2c3d4e5f60718")\n}\n'


def test_code_that_was_parsed_before_needs_no_parser(tmp_path: Path) -> None:
    estate = tmp_path / "estate"
    estate.mkdir()
    (estate / "main.tf").write_text(CODE)
    assert "lark" in _imported(tmp_path, str(estate), kept=tmp_path / "kept")
    (estate / "main.tf").write_text(f"# moved by a line\n{CODE}")
    assert "lark" not in _imported(tmp_path, str(estate), kept=tmp_path / "kept")


def test_what_helping_processes_parsed_is_kept_as_well(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "estate" / name).mkdir(parents=True)
        (tmp_path / "estate" / name / "main.tf").write_text(CODE.replace("try", "coalesce" if name == "two" else "try"))
    first = _imported(tmp_path, "--jobs", "2", str(tmp_path / "estate"), kept=tmp_path / "kept")
    assert "multiprocessing" in first
    (tmp_path / "estate" / "one" / "main.tf").write_text(f"# moved by a line\n{CODE}")
    assert {"lark", "multiprocessing"}.isdisjoint(
        _imported(tmp_path, "--jobs", "1", str(tmp_path / "estate"), kept=tmp_path / "kept")
    )
