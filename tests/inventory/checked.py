"""Code and an inventory, checked together."""

from __future__ import annotations

from pathlib import Path

from peerlint import run
from peerlint.config import Config
from peerlint.engine import Result

PROVIDER = """
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}
"""


def check(folder: Path, inventory: str, *, provider: str = PROVIDER, **roots: str) -> Result:
    """What is found in Terraform roots, each the text of one file, beside an inventory."""
    for name, text in roots.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "main.tf").write_text(provider + text, encoding="utf-8")
    file = folder / "inventory.json"
    file.write_text(inventory, encoding="utf-8")
    return analysed(folder, file)


def analysed(folder: Path, *inventory: Path, config: Config | None = None) -> Result:
    request = run.Request(paths=(str(folder),), inventory=tuple(map(str, inventory)))
    result = run.analyse(request, config or Config(directory=str(folder)), lambda _: None)
    assert [crash.trace for crash in result.crashes] == []
    return result


def said(result: Result) -> list[str]:
    """The findings: rule, severity and message."""
    return [f"{r.rule.id} {r.severity.value}: {r.finding.message}" for r in result.active]


def rules(result: Result) -> list[str]:
    """The rules that found something."""
    return sorted(report.rule.id for report in result.active)


def reasons(result: Result, rule: str) -> list[str]:
    """Why a rule is undecided."""
    return [question.undecided.reason for question in result.questions if question.rule.id == rule]
