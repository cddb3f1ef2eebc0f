"""The report for other programs: a versioned JSON document, described in docs/json.md."""

from __future__ import annotations

import json
from typing import TypeAlias

from peerlint import __version__
from peerlint.conditions import Condition
from peerlint.engine import Result
from peerlint.merge import Question, Report
from peerlint.network.values import Span
from peerlint.reporters.catalogue import page_url
from peerlint.rule import Severity

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys may come at any time."""


def render(result: Result) -> str:
    """The document, with a final line end. Paths are absolute."""
    document: Json = {
        "version": VERSION,
        "peerlint": __version__,
        "findings": [_finding(report) for report in result.reports],
        "undecided": [_question(question) for question in result.questions],
        "summary": _summary(result),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _summary(result: Result) -> Json:
    counts: Json = {severity.value: result.count(severity) for severity in Severity}
    return {
        "stacks": result.stacks,
        "deployments": result.deployments,
        "peerings": result.peerings,
        "files": result.files,
        "findings": counts,
        "undecided": len(result.questions),
        "suppressed": len(result.suppressed),
        "seconds": round(result.seconds, 3),
    }


def _finding(report: Report) -> Json:
    finding = report.finding
    return {
        "rule": report.rule.id,
        "name": report.rule.name,
        "url": page_url(report.rule),
        "severity": report.severity.value,
        "message": finding.message,
        "at": _span(finding.at),
        "addresses": list(finding.addresses),
        "notes": [{"message": note.message, "at": _span(note.at)} for note in finding.notes],
        "remedy": finding.remedy or None,
        "deployments": _deployments(report.condition),
        "suppressed": None
        if report.suppressed is None
        else {"reason": report.suppressed.reason, "at": _span(report.suppressed.at)},
    }


def _question(question: Question) -> Json:
    undecided = question.undecided
    return {
        "rule": question.rule.id,
        "name": question.rule.name,
        "question": undecided.question,
        "reason": undecided.reason,
        "at": _span(undecided.at),
        "addresses": list(undecided.addresses),
        "deployments": _deployments(question.condition),
    }


def _deployments(condition: Condition) -> Json:
    return [{"root": one.root, "var_files": list(one.files)} for one in condition.deployments]


def _span(at: Span) -> Json:
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    }
