"""The report for a reader at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import click
from msgspec import Struct

from peerlint.engine import Result
from peerlint.merge import Question, Report
from peerlint.network.values import Span
from peerlint.reporters.excerpt import Sources, columns, excerpt, printable, shown_path
from peerlint.reporters.timed import timed
from peerlint.rule import Finding, Severity

_KEY = re.compile(r'\[(?:"[^"]*"|\d+)\]')

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class TextOptions(Struct, frozen=True):
    """How the report looks. ``width`` is in terminal columns; paths are shown relative to ``directory``.

    ``untimed`` leaves out how long the run took, for a report that is kept.
    """

    directory: str
    width: int = 80
    colour: bool = False
    undecided: bool = False
    quiet: bool = False
    untimed: bool = False


def render(result: Result, options: TextOptions) -> str:
    """The report: one block for each active finding, the undecided questions where asked for, and a summary line."""
    page = _Page(options, Sources())
    blocks = ["\n".join(page.finding(report, others)) for report, *others in _alike(result.active)]
    if options.undecided:
        blocks += ["\n".join(page.question(question)) for question in result.questions]
    if not options.quiet:
        blocks.append(summary(result, shown=options.undecided))
    report = "\n\n".join(blocks) + "\n" if blocks else ""
    return report if options.untimed or options.quiet else timed(report, result.seconds)


def summary(result: Result, *, shown: bool = False) -> str:
    """The last line, but for the time: what was read, what was found, what stays open."""
    found = [_count(result.count(severity), severity.value) for severity in Severity if result.count(severity)]
    if not result.concerned and not found and not result.questions:
        where = f"in {_count(result.files, 'file')}" if result.files else "here: no Terraform or CloudFormation files"
        said = f"no VPC peering {where}"
    else:
        stacks = _count(result.stacks, "stack")
        if result.deployments > result.stacks:
            stacks += f" in {result.deployments} deployments"
        read = f"{stacks}, {_count(result.peerings, 'peering')}"
        said = f"{read}: {', '.join(found) or 'nothing to report'}"
    parts = [said]
    if result.questions:
        parts.append(f"{len(result.questions)} undecided" + ("" if shown else " (--show-undecided)"))
    if result.suppressed:
        parts.append(f"{len(result.suppressed)} suppressed")
    return "; ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Page:
    """Lays out blocks in a width."""

    def __init__(self, options: TextOptions, sources: Sources) -> None:
        self._options = options
        self._sources = sources

    def finding(self, report: Report, others: Sequence[Report]) -> Iterator[str]:
        """The block of a finding; the ``others`` are only named."""
        finding = report.finding
        shown = {finding.at}
        gutter = _gutter((finding.at, *(note.at for note in finding.notes)))
        colour = COLOURS[report.severity]
        yield self._bold(f"{report.severity.value}[{report.rule.id}]", colour) + " " + self._bold(report.rule.name)
        yield from self.wrapped(finding.message, "  ")
        yield from self._place(finding.at, gutter, colour)
        for note in finding.notes:
            yield from self._labelled("note", note.message, " " * (gutter + 1))
            if note.step is not None:
                yield from self._line(note.at, gutter)
            elif note.at not in shown:
                yield from self._place(note.at, gutter, "blue")
            else:
                yield self._arrow(note.at, gutter)
            shown.add(note.at)
        if report.condition.text:
            yield from self._labelled("note", f"found {report.condition.text}", " " * (gutter + 1))
        if others:
            names = ", ".join(_own_name(other.finding, finding) for other in others)
            yield from self._labelled("note", f"the same holds for {names}", " " * (gutter + 1))
        if finding.remedy:
            yield from self._labelled("help", finding.remedy, " " * (gutter + 1))

    def question(self, question: Question) -> Iterator[str]:
        undecided = question.undecided
        yield self._bold(f"undecided[{question.rule.id}]", "magenta") + " " + self._bold(question.rule.name)
        when = "" if question.condition.all else f" ({question.condition.text})"
        yield from self.wrapped(f"{undecided.question}: {undecided.reason}{when}", "  ")
        yield self._arrow(undecided.at, 1)

    def wrapped(self, text: str, indent: str) -> Iterator[str]:
        """The text in lines of the width."""
        yield from (indent + line for line in _wrap(printable(text), self._options.width - len(indent)))

    def _labelled(self, label: str, text: str, indent: str) -> Iterator[str]:
        """The text after its label; further lines are indented below its beginning."""
        first, *rest = self.wrapped(text, indent + " " * (len(label) + 2))
        yield f"{indent}{self._bold(label)}: {first.strip()}"
        yield from rest

    def _place(self, at: Span, gutter: int, colour: str) -> Iterator[str]:
        blank = " " * gutter
        yield self._arrow(at, gutter)
        line = self._sources.line(at.file, at.line)
        if line is None or not line.strip():
            return
        source, carets = excerpt(line, at, self._options.width - gutter - 3)
        bar = self._blue("|")
        yield f"{blank} {bar}"
        yield f"{self._blue(str(at.line).rjust(gutter))} {bar} {source}"
        yield f"{blank} {bar} {self._bold(carets, colour) if carets.strip() else ''}".rstrip()

    def _line(self, at: Span, gutter: int) -> Iterator[str]:
        """A step of a value's way: the line without carets, as there may be many."""
        yield self._arrow(at, gutter)
        line = self._sources.line(at.file, at.line)
        if line is not None and line.strip():
            source, _ = excerpt(line, at, self._options.width - gutter - 3)
            yield f"{self._blue(str(at.line).rjust(gutter))} {self._blue('|')} {source}"

    def _arrow(self, at: Span, gutter: int) -> str:
        path = shown_path(at.file, self._options.directory)
        return f"{' ' * gutter}{self._blue('-->')} {path}:{at.line}:{at.column}"

    def _bold(self, text: str, colour: str | None = None) -> str:
        return click.style(text, fg=colour, bold=True) if self._options.colour else text

    def _blue(self, text: str) -> str:
        return self._bold(text, "blue")


def _alike(reports: Iterable[Report]) -> Iterable[list[Report]]:
    """The reports, those that differ by nothing but the instance key of a resource together."""
    groups: dict[tuple[object, ...], list[Report]] = {}
    for report in reports:
        said = _KEY.sub("[]", report.finding.message)
        key = (report.rule.id, report.severity, report.finding.at, said, report.condition)
        groups.setdefault(key, []).append(report)
    return groups.values()


def _own_name(finding: Finding, first: Finding) -> str:
    """The address that tells a finding from another one."""
    return next((name for name in finding.addresses if name not in first.addresses), finding.message)


def _gutter(places: Iterable[Span]) -> int:
    return max(len(str(place.line)) for place in places)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces only: names and blocks stay whole."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if columns(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
