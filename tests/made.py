"""Fragments, rules and results made by hand, for tests of what stands between the network and the user."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from peerlint.conditions import Condition
from peerlint.engine import Crash, Plan, Result, run
from peerlint.network.link import link
from peerlint.network.model import Deployment, Fragment, Language, Problem, Waiver
from peerlint.network.network import Network
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.rule import Finding, Fix, Note, Rule, Severity, Undecided
from peerlint.worlds import estate_of

TODAY = date(2026, 6, 1)


def span(file: Path | str, line: int, column: int = 1, end_line: int | None = None, end_column: int = 2) -> Span:
    return Span(str(file), line, column, end_line or line, end_column)


def finding(at: Span, *notes: Span, message: str = "A and B overlap", address: str = "aws_vpc.a") -> Finding:
    return Finding(message, at, (address,), tuple(Note("the other block", note) for note in notes), "renumber one")


def rule(
    id: str, name: str, *items: Finding | Undecided, severity: Severity = Severity.ERROR, enabled: bool = True
) -> Rule:
    """A rule that yields what it is given."""

    def check(network: Network) -> Iterator[Finding | Undecided]:
        yield from items

    return Rule(id, name, severity, Fix.NONE, check, f"What {name} finds.\n\n## Why\n\nBecause.\n", enabled)


def failing_rule(id: str, name: str, *items: Finding | Undecided) -> Rule:
    """A rule that yields what it is given, and then raises."""

    def check(network: Network) -> Iterator[Finding | Undecided]:
        yield from items
        raise KeyError("aws_vpc.gone")

    return Rule(id, name, Severity.ERROR, Fix.NONE, check, "", True)


INTERNAL = rule("PL900", "internal-error")
UNUSED = rule("PL904", "unused-suppression", severity=Severity.WARNING)


def fragment(
    *files: Path | str,
    extents: tuple[Span, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Fragment:
    return Fragment(
        "stack", Language.TERRAFORM, files=tuple(map(str, files)), extents=extents, waivers=waivers, problems=problems
    )


def result(
    *rules: Rule,
    fragments: tuple[Fragment, ...] = (),
    severities: dict[str, Severity] | None = None,
    crashes: tuple[Crash, ...] = (),
) -> Result:
    """What the rules find, with the engine's own rules beside them."""
    every = (*rules, INTERNAL, UNUSED)
    return run(estate_of(fragments, link), Plan(every, every, severities or {}, TODAY), crashes)


def with_var_files(found: Result, root: Path | str, *files: str, text: str) -> Result:
    """The result, where every finding and question depends on these var files of a root."""
    condition = Condition(tuple(Deployment(str(root), (f"{root}/{file}",)) for file in files), text, all=False)
    reports = tuple(replace(report, condition=condition) for report in found.reports)
    questions = tuple(replace(question, condition=condition) for question in found.questions)
    return replace(found, reports=reports, questions=questions, deployments=found.stacks + len(files) - 1)
