"""The command lines that are timed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from benchmarks.tools import Tools
from benchmarks.workloads import Workload

ONE_CHECK = "CKV_AWS_24"
"""Of Terraform's and CloudFormation's security groups alike."""


class Home(Enum):
    """What becomes of a command's home folder, where its caches are, before each run."""

    KEPT = "kept"
    EMPTIED = "emptied"


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is that of the tables; ``codes`` are the exit codes of a run that did its work."""

    name: str
    arguments: tuple[str, ...]
    codes: frozenset[int]
    home: Home = Home.KEPT


def cold(tools: Tools, work: Workload) -> Command:
    """peerlint that has never run before."""
    return Command("peerlint, cold", _peerlint(tools, work), frozenset({0, 1, 3}), Home.EMPTIED)


def warm(tools: Tools, work: Workload) -> Command:
    """peerlint on what it has just read."""
    return Command("peerlint, warm", _peerlint(tools, work), frozenset({0, 1, 3}))


def _peerlint(tools: Tools, work: Workload) -> tuple[str, ...]:
    return (str(tools.peerlint), "check", str(work.folder))


def trivy(tools: Tools, work: Workload) -> Command:
    """trivy with the checks that it carries."""
    options = ("config", "--skip-check-update", "--timeout", "60m", "--misconfig-scanners", work.language.value)
    return Command("trivy", (str(tools.trivy), *options, str(work.folder)), frozenset({0}))


def checkov(tools: Tools, work: Workload) -> Command:
    """checkov with all checks of the workload's language, and of no other framework."""
    return Command("checkov", _checkov(tools, work), frozenset({0, 1}))


def checkov_one_check(tools: Tools, work: Workload) -> Command:
    """checkov with a single check."""
    return Command("checkov, one check", (*_checkov(tools, work), "--check", ONE_CHECK), frozenset({0, 1}))


def _checkov(tools: Tools, work: Workload) -> tuple[str, ...]:
    options = ("--framework", work.language.value, "--skip-download", "--quiet", "--compact")
    return (str(tools.checkov), "--directory", str(work.folder), *options)


def cfn_lint(tools: Tools, work: Workload) -> Command:
    """cfn-lint on every template; its exit codes are a mask of what it found."""
    files = map(str, work.files)
    return Command("cfn-lint", (str(tools.cfn_lint), "--", *files), frozenset(range(0, 16, 2)))


def hashing(tools: Tools, work: Workload) -> Command:
    """Reading and hashing the same files in Python."""
    script = str(Path(__file__).with_name("hashing.py"))
    return Command("hashing", (str(tools.python), script, str(work.folder)), frozenset({0}))


def version(tools: Tools) -> Command:
    """peerlint that does nothing."""
    return Command("peerlint --version", (str(tools.peerlint), "--version"), frozenset({0}))


def import_click(tools: Tools) -> Command:
    """Python with the library of peerlint's command line."""
    return Command('python -c "import click"', (str(tools.python), "-c", "import click"), frozenset({0}))
