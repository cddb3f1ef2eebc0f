"""What several stacks, or several deployments of one, say alike is reported once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from peerlint.conditions import ALWAYS, Condition, Conditions
from peerlint.records import replace
from peerlint.rule import Finding, Note, Rule, Severity, Undecided
from peerlint.suppress import Suppression
from peerlint.worlds import Estate

INPUT_RULES = ("PL901", "PL903", "PL905")
"""The rules about what hardly ever differs between deployments: a finding does not say that it holds in all."""

MAX_NOTES = 12
"""Of one finding that holds in several deployments; where it has more in one, they stay."""


class Report(Struct, frozen=True):
    """A finding with its rule and severity; ``suppressed`` is what silences it, ``condition`` the deployments for
    which it holds.
    """

    finding: Finding
    rule: Rule
    severity: Severity
    suppressed: Suppression | None = None
    condition: Condition = ALWAYS


class Question(Struct, frozen=True):
    """What a rule could not decide; ``condition`` is the deployments for which it stays open."""

    undecided: Undecided
    rule: Rule
    condition: Condition = ALWAYS


def merged_reports(estate: Estate, said: Sequence[tuple[int, Report]]) -> tuple[list[Report], list[Question]]:
    """The same thing said twice, as by two roots or two deployments of one, once.

    What a stack is said of in some only of the worlds in which it is judged is a question.
    """
    conditions = Conditions(estate.fragments)
    groups: dict[tuple[object, ...], list[tuple[int, Report]]] = defaultdict(list)
    for number, report in said:
        key = (report.rule.id, report.finding.at, report.finding.message, report.suppressed is None)
        groups[key].append((number, report))
    reports: list[Report] = []
    doubtful: list[Question] = []
    for group in groups.values():
        stacks = estate.certain([(number, report.finding.stack) for number, report in group])
        held = [report for _, report in group if report.finding.stack in stacks]
        if held:
            condition = conditions.of(stacks)
            if held[0].rule.id in INPUT_RULES and condition.all:
                condition = ALWAYS
            finding = replace(held[0].finding, notes=_notes(held, conditions))
            reports.append(replace(held[0], finding=finding, condition=condition))
        else:
            report = group[0][1]
            doubtful.append(Question(_doubt(report.finding, conditions), report.rule))
    return reports, doubtful


def merged_questions(estate: Estate, asked: Sequence[Question]) -> list[Question]:
    """The same question asked twice, once."""
    conditions = Conditions(estate.fragments)
    groups: dict[tuple[object, ...], list[Question]] = defaultdict(list)
    for question in asked:
        undecided = question.undecided
        groups[question.rule.id, undecided.question, undecided.reason, undecided.at].append(question)
    return [
        replace(group[0], condition=conditions.of([question.undecided.stack for question in group]))
        for group in groups.values()
    ]


def _notes(held: Sequence[Report], conditions: Conditions) -> tuple[Note, ...]:
    """The notes of the first, each followed by what those of other deployments say alike elsewhere."""
    own = held[0].finding
    root = conditions.root(own.stack)
    others = (r.finding for r in held[1:] if root is not None and conditions.root(r.finding.stack) == root)
    notes = list(own.notes)
    for note in dict.fromkeys(note for finding in others for note in finding.notes):
        if note not in notes and len(notes) < MAX_NOTES:
            alike = [index for index, other in enumerate(notes) if other.message == note.message]
            notes.insert(alike[-1] + 1 if alike else len(notes), note)
    return tuple(notes)


def _doubt(finding: Finding, conditions: Conditions) -> Undecided:
    reason = f"it depends on {conditions.alternatives} are deployed with"
    return Undecided(f"whether {finding.message}", reason, finding.at, finding.addresses, finding.stack)
