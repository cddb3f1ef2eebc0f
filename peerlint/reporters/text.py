"""The report for a reader at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from peerlint.engine import Question, Report, Result
from peerlint.network.values import Span
from peerlint.reporters.excerpt import Sources, columns, excerpt, printable, shown_path
from peerlint.rule import Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How the report looks. ``width`` is in terminal columns; paths are shown relative to ``directory``."""

    directory: str
    width: int = 80
    colour: bool = False
    undecided: bool = False
    quiet: bool = False


def render(result: Result, options: TextOptions) -> str:
    """The report: one block for each active finding, the undecided questions where asked for, and a summary line."""
    page = _Page(options, Sources())
    blocks = ["\n".join(page.finding(report)) for report in result.active]
    if options.undecided:
        blocks += ["\n".join(page.question(question)) for question in result.questions]
    if not options.quiet:
        blocks.append("\n".join(page.wrapped(summary(result, shown=options.undecided), "")))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def summary(result: Result, *, shown: bool = False) -> str:
    """The last line: what was read, what was found, what stays open."""
    found = [_count(result.count(severity), severity.value) for severity in Severity if result.count(severity)]
    if not result.peerings and not found and not result.questions:
        where = f"in {_count(result.files, 'file')}" if result.files else "here: no Terraform or CloudFormation files"
        said = f"no VPC peering {where}"
    else:
        read = f"{_count(result.stacks, 'stack')}, {_count(result.peerings, 'peering')}"
        said = f"{read}: {', '.join(found) or 'nothing to report'}"
    parts = [said]
    if result.questions:
        parts.append(f"{len(result.questions)} undecided" + ("" if shown else " (--show-undecided)"))
    if result.suppressed:
        parts.append(f"{len(result.suppressed)} suppressed")
    return "; ".join([*parts, f"{result.seconds:.2f} s"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Page:
    """Lays out blocks in a width."""

    def __init__(self, options: TextOptions, sources: Sources) -> None:
        self._options = options
        self._sources = sources

    def finding(self, report: Report) -> Iterator[str]:
        finding = report.finding
        gutter = _gutter((finding.at, *(note.at for note in finding.notes)))
        colour = COLOURS[report.severity]
        yield self._bold(f"{report.severity.value}[{report.rule.id}]", colour) + " " + self._bold(report.rule.name)
        yield from self.wrapped(finding.message, "  ")
        yield from self._place(finding.at, gutter, colour)
        for note in finding.notes:
            yield from self.wrapped(f"note: {note.message}", " " * (gutter + 1), "note:")
            yield from self._place(note.at, gutter, "blue")
        if finding.remedy:
            yield from self.wrapped(f"help: {finding.remedy}", " " * (gutter + 1), "help:")

    def question(self, question: Question) -> Iterator[str]:
        undecided = question.undecided
        gutter = _gutter((undecided.at,))
        yield self._bold(f"undecided[{question.rule.id}]", "magenta") + " " + self._bold(question.rule.name)
        yield from self.wrapped(f"{undecided.question}: {undecided.reason}", "  ")
        yield from self._place(undecided.at, gutter, "magenta")

    def wrapped(self, text: str, indent: str, label: str = "") -> Iterator[str]:
        """The text in lines of the width; further lines are indented below what follows the label."""
        hanging = indent + " " * (len(label) + 1 if label else 0)
        lines = _wrap(printable(text), self._options.width - len(hanging)) or [""]
        if label:
            first = _wrap(printable(text), self._options.width - len(indent))[0]
            rest = _wrap(printable(text)[len(first) :].strip(), self._options.width - len(hanging))
            yield indent + self._bold(label) + first[len(label) :]
            yield from (hanging + line for line in rest)
        else:
            yield from (indent + line for line in lines)

    def _place(self, at: Span, gutter: int, colour: str) -> Iterator[str]:
        path = shown_path(at.file, self._options.directory)
        blank = " " * gutter
        yield f"{blank}{self._blue('-->')} {path}:{at.line}:{at.column}"
        line = self._sources.line(at.file, at.line)
        if line is None or not line.strip():
            return
        source, carets = excerpt(line, at, self._options.width - gutter - 3)
        bar = self._blue("|")
        yield f"{blank} {bar}"
        yield f"{self._blue(str(at.line).rjust(gutter))} {bar} {source}"
        yield f"{blank} {bar} {self._bold(carets, colour) if carets.strip() else ''}".rstrip()

    def _bold(self, text: str, colour: str | None = None) -> str:
        return click.style(text, fg=colour, bold=True) if self._options.colour else text

    def _blue(self, text: str) -> str:
        return self._bold(text, "blue")


def _gutter(places: Iterable[Span]) -> int:
    return max(len(str(place.line)) for place in places)


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at spaces only: names and blocks stay whole."""
    if columns(text) != len(text):
        return _wrap_wide(text, width)
    return textwrap.wrap(text, max(width, 20), break_long_words=False, break_on_hyphens=False)


def _wrap_wide(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and columns(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
