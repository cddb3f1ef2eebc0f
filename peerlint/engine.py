"""Runs the rules over a network: stamps, suppresses, deduplicates and sorts what they yield."""

from __future__ import annotations

import itertools
import traceback
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field

import peerlint
from peerlint.bases import Bases
from peerlint.callsites import CallSites, Homes
from peerlint.limits import LIMITS
from peerlint.merge import Question, Report, merged_questions, merged_reports
from peerlint.network.model import Fragment, Language, is_of_peering
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.rule import Finding, Note, Rule, Severity, Undecided
from peerlint.suppress import Suppression, Suppressions, strangers, suppressions
from peerlint.worlds import Estate

INTERNAL_ERROR = "PL900"
UNREADABLE_INPUT = "PL901"
UNUSED_SUPPRESSION = "PL904"


class Crash(Struct, frozen=True):
    """A bug that was met: where, in one line, and the traceback."""

    message: str
    at: Span
    trace: str


class Result(Struct, frozen=True):
    """What a run found, in the order of files and lines. ``seconds`` is how long it took.

    ``stacks`` are roots and templates, ``deployments`` counts each once for each of its var files or parameter files.
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


class Plan(Struct, frozen=True):
    """Which rules run, of which, and with which severities (by id) in place of their own.

    ``max_size`` is how many bytes a file may have for its suppressions to be looked for.
    """

    rules: tuple[Rule, ...]
    every: tuple[Rule, ...]
    severities: Mapping[str, Severity]
    today: date
    max_size: int = LIMITS.file_size


def run(estate: Estate, plan: Plan, crashes: Sequence[Crash] = ()) -> Result:
    """What the rules of a plan find in an estate. ``crashes`` are the bugs that were met while reading."""
    said = _applied(estate, plan)
    crashes = tuple({failure.message: failure for failure in (*crashes, *said.crashes)}.values())
    sites, bases = CallSites(estate.fragments), Bases(estate.fragments)
    written = suppressions(estate.fragments, plan.today, plan.max_size)
    comments = Suppressions(written)
    stamped = [
        (world, _stamp(rule, bases.told(sites.told(finding)), plan, comments)) for world, rule, finding in said.found
    ]
    reports, doubtful = merged_reports(estate, stamped)
    reports += [_stamp(rule, finding, plan, comments) for rule, finding in _internal_errors(plan, crashes)]
    every = (*reports, *(report for _, report in stamped))
    reports += [_stamp(rule, finding, plan, comments) for rule, finding in _unused(plan, written, comments, every)]
    questions = merged_questions(estate, [*said.asked, *doubtful])
    code = [fragment for fragment in estate.fragments if fragment.language is not Language.INVENTORY]
    return Result(
        reports=tuple(sorted(reports, key=_order)),
        questions=tuple(sorted(questions, key=_order_of_question)),
        crashes=crashes,
        rules=plan.rules,
        stacks=len({_home(fragment) for fragment in code}),
        deployments=len(code),
        peerings=_peerings(estate),
        files=len({file for fragment in code for file in fragment.files}),
        concerned=any(is_of_peering(entity) for fragment in code for entity in fragment.entities),
    )


class _Said(Struct, frozen=True):
    """What the rules say about the stacks that are judged, each finding with its world, and how they fail."""

    found: list[tuple[int, Rule, Finding]] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)


def _applied(estate: Estate, plan: Plan) -> _Said:
    said = _Said()
    homes = [Homes(world.network) for world in estate.worlds]
    for number, rule in itertools.product(range(len(estate.worlds)), plan.rules):
        try:
            for item in rule.check(estate.worlds[number].network):
                match item:
                    case Finding(at=Span()) | Undecided(at=Span()):
                        _keep(said, estate, number, rule, replace(item, stack=item.stack or homes[number].of(item)))
                    case _:
                        raise TypeError(f"a rule yields findings and undecided questions with places, not {item!r}")
        except Exception as error:  # a bug of the rule: said as PL900, and the other rules still run
            said.crashes.append(_crash_of(rule, error))
    return said


def _keep(said: _Said, estate: Estate, number: int, rule: Rule, item: Finding | Undecided) -> None:
    if not estate.judges(number, item.stack):
        return
    match item:
        case Finding():
            said.found.append((number, rule, item))
        case Undecided():
            said.asked.append(Question(item, rule))


def _home(fragment: Fragment) -> str | int:
    """The same for all deployments of a root."""
    return id(fragment) if fragment.deployment is None else fragment.deployment.root


def _peerings(estate: Estate) -> int:
    """How many peerings code declares or takes part in; one of several deployments of a root counts once."""
    homes = {fragment.stack: _home(fragment) for fragment in estate.fragments}
    judged = (peering.origin for world in estate.worlds for peering in world.network.peerings.judged)
    return len({(homes[origin.stack], origin.address, origin.span) for origin in judged})


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


def _stamp(rule: Rule, finding: Finding, plan: Plan, comments: Suppressions) -> Report:
    severity = plan.severities.get(rule.id) or finding.severity or rule.severity
    finding = replace(finding, notes=_notes(finding))
    silenced = next(iter(comments.silencing(finding, rule)), None)
    return Report(finding, rule, severity, None if rule.id == INTERNAL_ERROR else silenced)


def _notes(finding: Finding) -> tuple[Note, ...]:
    """The notes of a finding, each once, and none about the way of a value where its line is shown anyway."""
    own = [finding.at, *(note.at for note in finding.notes if note.step is None)]
    shown = {(at.file, at.line) for at in own}
    kept = []
    for note in dict.fromkeys(finding.notes):
        line = (note.at.file, note.at.line)
        if note.step is None or line not in shown:
            kept.append(note)
            shown.add(line)
    return tuple(kept)


def _unused(
    plan: Plan, written: Sequence[Suppression], comments: Suppressions, reports: Sequence[Report]
) -> Iterator[tuple[Rule, Finding]]:
    """PL904 for the suppressions that silence nothing, where every rule that they name was run."""
    rule = next((rule for rule in plan.rules if rule.id == UNUSED_SUPPRESSION), None)
    if rule is None:
        return
    ran = {name for run in plan.rules for name in (run.id, run.name)}
    used = {id(one) for report in reports for one in comments.silencing(report.finding, report.rule)}
    for comment in written:
        if UNUSED_SUPPRESSION in comment.rules or rule.name in comment.rules:
            continue
        unknown = strangers(comment, plan.every)
        if comment.fault is not None:
            yield rule, _useless(comment, comment.fault)
        elif unknown:
            yield rule, _useless(comment, f"no rule is called {', '.join(unknown)}")
        elif ran.issuperset(comment.rules) and id(comment) not in used:
            yield rule, _useless(comment, f"nothing here is reported by {', '.join(comment.rules)}")


def _useless(comment: Suppression, why: str) -> Finding:
    named = ",".join(comment.rules)
    return Finding(
        f"the suppression of {named} has no effect: {why}" if named else f"the suppression has no effect: {why}",
        comment.at,
        (f"{comment.at.file}: {named}",),
        remedy="remove it, or correct it",
    )


def _order(report: Report) -> tuple[object, ...]:
    """By place and rule, failures of rules last, and what is silenced in some deployments only after what is not."""
    silenced = report.suppressed is not None
    return (
        report.rule.id == INTERNAL_ERROR,
        *_place(report.finding.at),
        report.rule.id,
        report.finding.message,
        silenced,
    )


def _order_of_question(question: Question) -> tuple[object, ...]:
    return *_place(question.undecided.at), question.rule.id, question.undecided.question


def _place(at: Span) -> tuple[str, int, int]:
    return at.file, at.line, at.column
