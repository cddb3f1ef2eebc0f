"""Runs the rules over a network: stamps, suppresses, deduplicates and sorts what they yield."""

from __future__ import annotations

import itertools
import traceback
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import peerlint
from peerlint.callsites import CallSites, Homes
from peerlint.conditions import ALWAYS, Condition, Conditions
from peerlint.network.model import Fragment, is_of_peering
from peerlint.network.values import Span
from peerlint.rule import Finding, Note, Rule, Severity, Undecided
from peerlint.suppress import Suppression, strangers, suppressions
from peerlint.worlds import Estate

INTERNAL_ERROR = "PL900"
UNREADABLE_INPUT = "PL901"
UNUSED_SUPPRESSION = "PL904"
INPUT_RULES = ("PL901", "PL903", "PL905")
"""The rules about what hardly ever has to do with var files: a finding does not say that it holds with all of them."""

MAX_NOTES = 12
"""Of one finding that holds with several var files; where it has more with one, they stay."""


@dataclass(frozen=True, slots=True)
class Report:
    """A finding with its rule and severity; ``suppressed`` is what silences it, ``condition`` the var files with which
    it holds.
    """

    finding: Finding
    rule: Rule
    severity: Severity
    suppressed: Suppression | None = None
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule could not decide; ``condition`` is the var files with which it stays open."""

    undecided: Undecided
    rule: Rule
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug that was met: where, in one line, and the traceback."""

    message: str
    at: Span
    trace: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found, in the order of files and lines. ``seconds`` is how long it took.

    ``stacks`` are roots and templates, ``deployments`` counts a root once for each of its var files.
    ``concerned`` tells whether anything of a peering was read: a connection, or an accepter, option or route of one.
    """

    reports: tuple[Report, ...]
    questions: tuple[Question, ...]
    crashes: tuple[Crash, ...]
    rules: tuple[Rule, ...]
    stacks: int
    deployments: int
    peerings: int
    files: int
    seconds: float = 0.0
    concerned: bool = True

    @property
    def active(self) -> tuple[Report, ...]:
        """The findings that nothing suppresses."""
        return tuple(report for report in self.reports if report.suppressed is None)

    @property
    def suppressed(self) -> tuple[Report, ...]:
        """The findings that a suppression silences."""
        return tuple(report for report in self.reports if report.suppressed is not None)

    @property
    def unreadable(self) -> bool:
        """Whether something of the input could not be read."""
        return any(report.rule.id == UNREADABLE_INPUT for report in self.active)

    def count(self, severity: Severity) -> int:
        """How many active findings have a severity."""
        return sum(report.severity is severity for report in self.active)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rules run, of which, and with which severities (by id) in place of their own."""

    rules: tuple[Rule, ...]
    every: tuple[Rule, ...]
    severities: Mapping[str, Severity]
    today: date


def run(estate: Estate, plan: Plan, crashes: Sequence[Crash] = ()) -> Result:
    """What the rules of a plan find in an estate. ``crashes`` are the bugs that were met while reading."""
    found, asked, met = _applied(estate, plan)
    crashes = tuple({failure.message: failure for failure in (*crashes, *met)}.values())
    sites = CallSites(estate.fragments)
    comments = suppressions(estate.fragments, plan.today)
    said = [(world, _stamp(rule, sites.told(finding), plan, comments)) for world, rule, finding in found]
    reports, doubtful = _merged(estate, said)
    reports += [_stamp(rule, finding, plan, comments) for rule, finding in _internal_errors(plan, crashes)]
    every = (*reports, *(report for _, report in said))
    reports += [_stamp(rule, finding, plan, comments) for rule, finding in _unused(plan, comments, every)]
    return Result(
        reports=tuple(sorted(reports, key=_order)),
        questions=_questions(estate, (*asked, *doubtful)),
        crashes=crashes,
        rules=plan.rules,
        stacks=len({_home(fragment) for fragment in estate.fragments}),
        deployments=len(estate.fragments),
        peerings=_peerings(estate),
        files=len({file for fragment in estate.fragments for file in fragment.files}),
        concerned=any(is_of_peering(entity) for fragment in estate.fragments for entity in fragment.entities),
    )


Found: TypeAlias = tuple[int, Rule, Finding]
Asked: TypeAlias = tuple[int, Rule, Undecided]


def _applied(estate: Estate, plan: Plan) -> tuple[list[Found], list[Asked], list[Crash]]:
    """What the rules say of each world (by its number) about the stacks that are judged in it, and their failures."""
    found: list[Found] = []
    asked: list[Asked] = []
    crashes: list[Crash] = []
    homes = [Homes(world.network) for world in estate.worlds]
    for number, rule in itertools.product(range(len(estate.worlds)), plan.rules):
        try:
            for item in rule.check(estate.worlds[number].network):
                match item:
                    case Finding(at=Span()):
                        found.append((number, rule, replace(item, stack=item.stack or homes[number].of(item))))
                    case Undecided(at=Span()):
                        asked.append((number, rule, replace(item, stack=item.stack or homes[number].of(item))))
                    case _:
                        raise TypeError(f"a rule yields findings and undecided questions with places, not {item!r}")
        except Exception as error:  # a bug of the rule: said as PL900, and the other rules still run
            crashes.append(_crash_of(rule, error))
    judged = [item for item in found if estate.judges(item[0], item[2].stack)]
    return judged, [item for item in asked if estate.judges(item[0], item[2].stack)], crashes


def _home(fragment: Fragment) -> str | int:
    """The same for all deployments of a root."""
    return id(fragment) if fragment.deployment is None else fragment.deployment.root


def _peerings(estate: Estate) -> int:
    """How many peerings are declared; one that a root declares in several deployments counts once."""
    homes = {fragment.stack: _home(fragment) for fragment in estate.fragments}
    declared = (peering.origin for world in estate.worlds for peering in world.network.peerings.declared)
    return len({(homes[origin.stack], origin.address, origin.span) for origin in declared})


def crash(subject: str, at: Span, error: Exception) -> Crash:
    """The record of a bug met while working on ``subject``."""
    trace = "".join(traceback.format_exception(error))
    return Crash(f"{subject}: {type(error).__name__}: {error}".rstrip(": "), at, trace)


def _crash_of(rule: Rule, error: Exception) -> Crash:
    file = rule.check.__code__.co_filename if hasattr(rule.check, "__code__") else str(Path(peerlint.__file__))
    line = rule.check.__code__.co_firstlineno if hasattr(rule.check, "__code__") else 1
    return crash(f"the rule {rule.id} {rule.name} failed", Span(file, line, 1, line, 1), error)


def _internal_errors(plan: Plan, crashes: Sequence[Crash]) -> Iterator[tuple[Rule, Finding]]:
    for rule in plan.every:
        if rule.id == INTERNAL_ERROR:
            for met in crashes:
                yield rule, Finding(met.message, met.at, (met.message,), remedy=REPORT_IT)


REPORT_IT = "this is a bug in peerlint or in a rule: please report it with the traceback that --traceback prints"


def _stamp(rule: Rule, finding: Finding, plan: Plan, comments: Sequence[Suppression]) -> Report:
    severity = plan.severities.get(rule.id) or finding.severity or rule.severity
    finding = replace(finding, notes=tuple(dict.fromkeys(finding.notes)))
    silenced = next((s for s in comments if s.covers(finding, rule)), None)
    return Report(finding, rule, severity, None if rule.id == INTERNAL_ERROR else silenced)


def _unused(plan: Plan, comments: Sequence[Suppression], reports: Sequence[Report]) -> Iterator[tuple[Rule, Finding]]:
    """PL904 for the suppressions that silence nothing, where every rule that they name was run."""
    rule = next((rule for rule in plan.rules if rule.id == UNUSED_SUPPRESSION), None)
    if rule is None:
        return
    ran = {name for run in plan.rules for name in (run.id, run.name)}
    for comment in comments:
        if UNUSED_SUPPRESSION in comment.rules or rule.name in comment.rules:
            continue
        unknown = strangers(comment, plan.every)
        if comment.fault is not None:
            yield rule, _useless(comment, comment.fault)
        elif unknown:
            yield rule, _useless(comment, f"no rule is called {', '.join(unknown)}")
        elif ran.issuperset(comment.rules) and not any(comment.covers(r.finding, r.rule) for r in reports):
            yield rule, _useless(comment, f"nothing here is reported by {', '.join(comment.rules)}")


def _useless(comment: Suppression, why: str) -> Finding:
    named = ",".join(comment.rules)
    return Finding(
        f"the suppression of {named} has no effect: {why}" if named else f"the suppression has no effect: {why}",
        comment.at,
        (f"{comment.at.file}: {named}",),
        remedy="remove it, or correct it",
    )


def _merged(estate: Estate, said: Sequence[tuple[int, Report]]) -> tuple[list[Report], list[Asked]]:
    """The same thing said twice, as by two roots or two deployments of one, once.

    What a stack is said of in some only of the worlds in which it is judged is a question.
    """
    conditions = Conditions(estate.fragments)
    groups: dict[tuple[object, ...], list[tuple[int, Report]]] = defaultdict(list)
    for number, report in said:
        key = (report.rule.id, report.finding.at, report.finding.message, report.suppressed is None)
        groups[key].append((number, report))
    reports: list[Report] = []
    doubtful: list[Asked] = []
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
            number, report = group[0]
            doubtful.append((number, report.rule, _doubt(report.finding)))
    return reports, doubtful


def _notes(held: Sequence[Report], conditions: Conditions) -> tuple[Note, ...]:
    """The notes of the first, and what those for other var files of its root add; at most ``MAX_NOTES``."""
    own = held[0].finding
    root = conditions.root(own.stack)
    others = (r.finding for r in held[1:] if root is not None and conditions.root(r.finding.stack) == root)
    notes = dict.fromkeys((*own.notes, *(note for finding in others for note in finding.notes)))
    return tuple(notes)[: max(MAX_NOTES, len(own.notes))]


def _doubt(finding: Finding) -> Undecided:
    reason = "it depends on which var files other roots are deployed with"
    return Undecided(f"whether {finding.message}", reason, finding.at, finding.addresses, finding.stack)


def _order(report: Report) -> tuple[object, ...]:
    """By place and rule, failures of rules last, and what is silenced only with some var files after what is not."""
    silenced = report.suppressed is not None
    return (
        report.rule.id == INTERNAL_ERROR,
        *_place(report.finding.at),
        report.rule.id,
        report.finding.message,
        silenced,
    )


def _questions(estate: Estate, asked: Sequence[Asked]) -> tuple[Question, ...]:
    conditions = Conditions(estate.fragments)
    groups: dict[tuple[object, ...], list[Question]] = defaultdict(list)
    for _, rule, item in asked:
        groups[rule.id, item.question, item.reason, item.at].append(Question(item, rule))
    merged = [
        replace(group[0], condition=conditions.of([question.undecided.stack for question in group]))
        for group in groups.values()
    ]
    return tuple(sorted(merged, key=lambda q: (*_place(q.undecided.at), q.rule.id, q.undecided.question)))


def _place(at: Span) -> tuple[str, int, int]:
    return at.file, at.line, at.column
