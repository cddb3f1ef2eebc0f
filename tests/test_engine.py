"""How the engine stamps, sorts, deduplicates and survives what rules yield."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from peerlint.engine import crash
from peerlint.rule import Finding, Severity, Undecided
from tests.made import failing_rule, finding, fragment, result, rule, span


def test_findings_come_in_the_order_of_their_places_whatever_the_order_of_the_rules() -> None:
    late = rule("PL201", "late", finding(span("/b.tf", 1)), finding(span("/a.tf", 9)), finding(span("/a.tf", 2, 5)))
    early = rule("PL101", "early", finding(span("/a.tf", 10)), finding(span("/a.tf", 2, 5)))
    places = [(r.finding.at.file, r.finding.at.line, r.rule.id) for r in result(late, early).reports]
    assert places == [
        ("/a.tf", 2, "PL101"),
        ("/a.tf", 2, "PL201"),
        ("/a.tf", 9, "PL201"),
        ("/a.tf", 10, "PL101"),
        ("/b.tf", 1, "PL201"),
    ]


def test_what_is_said_twice_is_reported_once_and_what_differs_twice() -> None:
    at = span("/a.tf", 1)
    found = result(rule("PL101", "overlap", finding(at), finding(at), finding(at, message="A and C overlap")))
    assert [r.finding.message for r in found.reports] == ["A and B overlap", "A and C overlap"]


def test_severity_is_the_configured_one_then_the_findings_own_then_the_rules() -> None:
    at = span("/a.tf", 1)
    own = Finding("softer", at, (), severity=Severity.NOTE)
    rules = (rule("PL101", "overlap", finding(at), own), rule("PL201", "way-back", own))
    found = result(*rules, severities={"PL201": Severity.WARNING})
    assert [(r.rule.id, r.finding.message, r.severity) for r in found.reports] == [
        ("PL101", "A and B overlap", Severity.ERROR),
        ("PL101", "softer", Severity.NOTE),
        ("PL201", "softer", Severity.WARNING),
    ]


def test_a_rule_that_yields_something_else_is_reported_and_the_others_still_run() -> None:
    nowhere: Any = None
    wrongs: list[Any] = ["a text", Finding("m", nowhere, ("aws_vpc.a",))]
    for wrong in wrongs:
        found = result(rule("PL101", "broken", wrong), rule("PL201", "whole", finding(span("/a.tf", 1))))
        assert [r.rule.id for r in found.reports] == ["PL201", "PL900"]


def test_a_rule_that_raises_is_reported_and_the_others_still_run() -> None:
    found = result(failing_rule("PL102", "broken"), rule("PL201", "way-back", finding(span("/zz.tf", 1))))
    assert [r.rule.id for r in found.reports] == ["PL201", "PL900"]
    crash = found.reports[1].finding
    assert crash.message == "the rule PL102 broken failed: KeyError: 'aws_vpc.gone'"
    assert Path(crash.at.file).name == "made.py"
    assert "KeyError" in found.crashes[0].trace


def test_findings_before_the_failure_of_a_rule_are_kept() -> None:
    found = result(failing_rule("PL102", "broken", finding(span("/a.tf", 1))))
    assert [r.rule.id for r in found.reports] == ["PL102", "PL900"]


def test_an_internal_error_cannot_be_silenced(tmp_path: Path) -> None:
    here = tmp_path / "main.tf"
    here.write_text("# peerlint: ignore[PL900,PL904]\na = 1\n")
    met = crash("reading the stack failed", span(here, 2), ValueError("no"))
    found = result(fragments=(fragment(here),), crashes=(met,))
    assert [(r.rule.id, r.suppressed) for r in found.reports] == [("PL900", None)]


def test_questions_are_kept_apart_from_findings_and_asked_once() -> None:
    open_ = Undecided("whether A and B overlap", "`var.cidr` has no value", span("/a.tf", 3), ("aws_vpc.a",))
    found = result(rule("PL101", "overlap", open_, open_))
    assert found.reports == ()
    assert [question.undecided for question in found.questions] == [open_]


def test_files_are_counted_once_however_many_stacks_read_them() -> None:
    found = result(fragments=(fragment("/m.tf", "/a.tf"), fragment("/m.tf", "/b.tf")))
    assert (found.stacks, found.files) == (2, 3)
