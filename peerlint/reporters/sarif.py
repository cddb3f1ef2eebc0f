"""The report as SARIF 2.1.0, made for GitHub code scanning.

What GitHub reads of SARIF: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

import sarif_om as om
from jschema_to_python.to_json import to_json

from peerlint import __version__
from peerlint.engine import Result
from peerlint.merge import Report
from peerlint.network.values import Span, is_at_hand
from peerlint.reporters.catalogue import page, page_url, title
from peerlint.rule import Finding, Note, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/peerlint/peerlint"
SRCROOT = "%SRCROOT%"
REPOSITORIES = "%REPOSITORIES%"
"""Where the repositories lie that are not at hand, each under its name."""

FINGERPRINT = "peerlint/v1"

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
SUBJECTS = {"1": "peering", "2": "routing", "3": "dns", "4": "security", "5": "cost", "9": "input"}
SECURITY_SEVERITIES = {"PL209": "4.0", "PL405": "6.5"}
"""For the rules about exposure only: GitHub shows every rule that has one as a security alert."""

LONGEST_TEXT = 1024
"""GitHub refuses longer descriptions."""


def render(result: Result, root: str) -> str:
    """The SARIF log, with a final line end. Paths are relative to ``root``, the repository's."""
    places = _Places(root)
    log = om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=[_run(result, places)])
    document = json.loads(to_json(log))
    # The serialiser leaves out a level that is SARIF's default, but without one the rule's default level would hold.
    for written, report in zip(document["runs"][0]["results"], result.reports, strict=True):
        written["level"] = LEVELS[report.severity]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _run(result: Result, places: _Places) -> om.Run:
    index = {rule.id: number for number, rule in enumerate(result.rules)}
    fingerprints = _fingerprints(result.reports, places)
    results = [_result(report, index, mark, places) for report, mark in zip(result.reports, fingerprints, strict=True)]
    driver = om.ToolComponent(
        name="peerlint",
        version=__version__,
        semantic_version=__version__,
        information_uri=HOME,
        rules=[_descriptor(rule) for rule in result.rules],
    )
    return om.Run(
        tool=om.Tool(driver=driver),
        results=results,
        column_kind="unicodeCodePoints",
        automation_details=om.RunAutomationDetails(id="peerlint/"),
        original_uri_base_ids=_bases(result),
        invocations=[_invocation(result, index, places)],
    )


def _bases(result: Result) -> dict[str, om.ArtifactLocation]:
    """What the paths are relative to."""
    said = {SRCROOT: "The root of the repository."}
    findings = [report.finding for report in result.reports]
    places = (at for finding in findings for at in (finding.at, *(note.at for note in finding.notes)))
    if not all(is_at_hand(at.file) for at in places):
        said[REPOSITORIES] = "The folder of the repositories that were exported, each under its name."
    return {base: om.ArtifactLocation(description=om.Message(text=text)) for base, text in said.items()}


def _descriptor(rule: Rule) -> om.ReportingDescriptor:
    return om.ReportingDescriptor(
        id=rule.id,
        name=_pascal(rule.name),
        short_description=_multiformat(title(rule) + "."),
        full_description=_multiformat(_section(rule, "Why") or title(rule) + "."),
        help=om.MultiformatMessageString(text=_help(rule), markdown=page(rule)),
        help_uri=page_url(rule),
        default_configuration=om.ReportingConfiguration(level=LEVELS[rule.severity], enabled=rule.enabled),
        properties=_properties(rule),
    )


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _multiformat(text: str) -> om.MultiformatMessageString:
    short = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return om.MultiformatMessageString(text=short)


def _section(rule: Rule, heading: str) -> str:
    """The text of a section of a rule's page on one line, empty where there is none."""
    _, found, rest = rule.page.partition(f"## {heading}\n")
    return " ".join(rest.partition("\n## ")[0].split()) if found else ""


def _help(rule: Rule) -> str:
    parts = (title(rule) + ".", _section(rule, "Why"), _section(rule, "Fix"), page_url(rule))
    return "\n\n".join(part for part in parts if part)


def _properties(rule: Rule) -> dict[str, object]:
    tags = ["aws", "networking", "vpc-peering", SUBJECTS.get(rule.id[2:3], "custom")]
    security = SECURITY_SEVERITIES.get(rule.id)
    if security and "security" not in tags:
        tags.append("security")
    found: dict[str, object] = {
        "tags": tags,
        "precision": "very-high" if rule.severity is Severity.ERROR else "high",
        "problem.severity": PROBLEM_SEVERITIES[rule.severity],
    }
    return {**found, "security-severity": security} if security else found


def _result(report: Report, index: dict[str, int], fingerprint: str, places: _Places) -> om.Result:
    primary, related = places.arranged(report.finding)
    return om.Result(
        rule_id=report.rule.id,
        rule_index=index[report.rule.id],
        level=LEVELS[report.severity],
        message=om.Message(text=_message(report, related)),
        locations=[om.Location(physical_location=places.physical(primary), logical_locations=_logical(report, places))],
        related_locations=[
            om.Location(id=number, physical_location=places.physical(note.at), message=om.Message(text=note.message))
            for number, note in enumerate(related, 1)
        ]
        or None,
        partial_fingerprints={FINGERPRINT: fingerprint},
        suppressions=_suppressions(report, places),
        properties=_of_result(report, places),
    )


def _of_result(report: Report, places: _Places) -> dict[str, object] | None:
    """The files of each deployment for which a finding holds, where it depends on them: var files, parameter files."""
    deployments = [[places.uri(path) for path in one.files] for one in report.condition.deployments]
    return {"varFiles": deployments} if deployments else None


def _logical(report: Report, places: _Places) -> list[om.LogicalLocation] | None:
    names = dict.fromkeys(map(places.name, report.finding.addresses))
    return [om.LogicalLocation(fully_qualified_name=name) for name in names] or None


def _message(report: Report, related: Sequence[Note]) -> str:
    """The message with each note as a link to its related location, then the deployments concerned and the remedy."""
    finding = report.finding
    links = [f"[{_escaped(note.message)}]({number})" for number, note in enumerate(related, 1)]
    parts = [_escaped(finding.message), *links]
    if report.condition.text:
        parts.append(_escaped(f"Found {report.condition.text}"))
    if finding.remedy:
        parts.append(f"Remedy: {_escaped(finding.remedy)}")
    return " ".join(part if part.endswith((".", "!", "?")) else part + "." for part in parts)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _suppressions(report: Report, places: _Places) -> list[om.Suppression]:
    if report.suppressed is None:
        return []
    location = om.Location(physical_location=places.physical(report.suppressed.at))
    reason = report.suppressed.reason or None
    return [om.Suppression(kind="inSource", justification=reason, location=location)]


def _invocation(result: Result, index: dict[str, int], places: _Places) -> om.Invocation:
    notifications = [
        om.Notification(
            message=om.Message(text=report.finding.message),
            level="error",
            locations=[om.Location(physical_location=places.physical(report.finding.at))],
            associated_rule=om.ReportingDescriptorReference(id=report.rule.id, index=index[report.rule.id]),
        )
        for report in result.active
        if report.rule.id in ("PL900", "PL901")
    ]
    return om.Invocation(execution_successful=not result.crashes, tool_execution_notifications=notifications or None)


def _fingerprints(reports: Sequence[Report], places: _Places) -> Iterator[str]:
    """One for each report, of its rule, file and addresses: moving code within a file does not change it.

    Equal ones are numbered in the order of the report.
    """
    seen: Counter[str] = Counter()
    for report in reports:
        primary, _ = places.arranged(report.finding)
        parts = (report.rule.id, places.uri(primary.file), *map(places.name, report.finding.addresses))
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        seen[digest] += 1
        yield f"{digest}:{seen[digest]}"


class _Places:
    """Places of files as SARIF locations relative to the repository's root."""

    def __init__(self, root: str) -> None:
        self._root = root.rstrip(os.sep) + os.sep

    def arranged(self, finding: Finding) -> tuple[Span, tuple[Note, ...]]:
        """The primary place and the related ones.

        GitHub shows only what lies in the repository: where the finding's own place does not (a downloaded module), the
        first note that does takes its part, rather a call than where a value comes from.
        """
        committed = [note for note in finding.notes if self._is_committed(note.at.file)]
        if self._is_committed(finding.at.file) or not committed:
            return finding.at, finding.notes
        first = next((note for note in committed if note.step is None or note.step.call is not None), committed[0])
        others = (note for note in finding.notes if note is not first)
        return first.at, (Note("The finding is in a downloaded module", finding.at), *others)

    def _is_committed(self, file: str) -> bool:
        if not is_at_hand(file):
            return ".terraform" not in file.split("/")
        return file.startswith(self._root) and ".terraform" not in file[len(self._root) :].split(os.sep)

    def name(self, address: str) -> str:
        """An address; one that is a file, or begins with one, is relative to the root, wherever that is checked out."""
        return address.removeprefix(self._root).replace(os.sep, "/") if address.startswith(self._root) else address

    def uri(self, file: str) -> str:
        """A percent-encoded reference relative to the root, or to where the repositories lie of which one holds it; an
        absolute file URI outside of the root.
        """
        if not is_at_hand(file):
            return quote(file)
        if file.startswith(self._root):
            return quote(file[len(self._root) :].replace(os.sep, "/").encode("utf-8", "surrogateescape"))
        return "file://" + quote(file.replace(os.sep, "/").encode("utf-8", "surrogateescape"))

    def physical(self, at: Span) -> om.PhysicalLocation:
        """The location of a span."""
        base = SRCROOT if at.file.startswith(self._root) else None if is_at_hand(at.file) else REPOSITORIES
        artifact = om.ArtifactLocation(uri=self.uri(at.file), uri_base_id=base)
        return om.PhysicalLocation(artifact_location=artifact, region=_region(at))


def _region(at: Span) -> om.Region:
    """The region; one without width is its whole line."""
    if (at.line, at.column) == (at.end_line, at.end_column):
        return om.Region(start_line=at.line)
    return om.Region(start_line=at.line, start_column=at.column, end_line=at.end_line, end_column=at.end_column)
