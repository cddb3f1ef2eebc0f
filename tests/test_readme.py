"""The documentation does what it says: commands are run, tables and links compared with what is there."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from peerlint.cli import EXIT_CODES, cli
from peerlint.config import Config, StatedStack, load
from peerlint.limits import LIMITS, Limits
from peerlint.network.outside import OutsideVpc
from peerlint.network.settings import Quotas, Settings
from peerlint.records import field_names

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)


def _section(heading: str) -> str:
    return README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_generated_pages_and_tables_are_up_to_date() -> None:
    documents = runpy.run_path(str(ROOT / "docs" / "build.py"))["documents"]()
    stale = [path for path, text in documents.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"
    assert set((ROOT / "docs" / "rules").glob("*.md")) - documents.keys() == set(), "run `make docs`"


def test_the_command_for_the_main_job_does_it() -> None:
    """The first command below *Use*, as written, on an estate that is broken on purpose."""
    command = re.findall(r"^\$ (peerlint .*)$", _section("Use"), re.MULTILINE)[0]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[PL" in done.stdout
    assert re.search(r"^\d+ stacks?, \d+ peerings?: \d+ error", done.stdout, re.MULTILINE)


def test_every_command_for_make_is_a_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets == set(phony.split())
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z-]+)`", page.read_text(encoding="utf-8"))}
    named |= set(re.findall(r"^\$ make ([a-z-]+)$", README, re.MULTILINE))
    assert {"demo", "test", "docs"} <= named <= targets


def test_every_option_is_told_and_every_told_option_exists() -> None:
    help_ = CliRunner().invoke(cli, ["check", "--help"]).output
    exist = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_))
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert told <= exist
    self_explaining = {"--help", "--color", "--no-color", "--quiet", "--traceback", "--config", "--cache"}
    assert exist - told <= self_explaining


def test_the_exit_codes_are_those_of_the_help() -> None:
    rows = re.findall(r"^\| (\d) \| (.*) \|$", _section("Use"), re.MULTILINE)
    assert rows == re.findall(r"^  (\d)  (.*)$", EXIT_CODES.replace("--fail-on", "`--fail-on`"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: os.path.relpath(page, ROOT))
def test_the_examples_of_the_configuration_are_some(tmp_path: Path, page: Path) -> None:
    for example in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        path = tmp_path / "peerlint.toml"
        path.write_text(example, encoding="utf-8")
        assert load(str(path)) != Config(file=str(path), directory=str(tmp_path))


def test_every_key_of_the_configuration_has_its_row() -> None:
    rows = [line for line in CONFIGURATION.splitlines() if line.startswith("| `")]
    told = {key for row in rows for key in re.findall(r"`\[?([a-z-]+)\]?`", row.split(" | ")[0])}
    tables = {"outside", "stacks", "limits", "settings", "quotas"}
    exist = set(field_names(Config)) - {"file", "directory"}
    parts = (OutsideVpc, StatedStack, Limits, Settings, Quotas)
    exist |= {name for table in parts for name in field_names(table)} - {"at"}
    exist -= tables
    assert told == {name.replace("_", "-") for name in exist}


def test_the_defaults_of_the_limits_and_quotas_are_those_of_the_page() -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \| ([0-9,]+) \|", CONFIGURATION, re.MULTILINE))
    assert told == _defaults(LIMITS, Limits) | _defaults(Quotas(), Quotas)


def _defaults(values: object, kind: type[Limits | Quotas]) -> dict[str, str]:
    return {name.replace("_", "-"): f"{getattr(values, name):,}" for name in field_names(kind)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: os.path.relpath(page, ROOT))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.exists(), target
        if heading:
            assert heading in _anchors(file), target


def _anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
