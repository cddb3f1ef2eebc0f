"""Suppressions: comments, and data in JSON templates, that silence findings at a place.

``# peerlint: ignore[PL201,missing-reciprocal-route] until=2027-01-31 reason`` (also ``//`` and ``/* */``) works on the
line it trails, or from a line of its own on the line below, and on the whole block whose header that line is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from peerlint import filesystem
from peerlint.comments import comments
from peerlint.network.model import Directive, Fragment
from peerlint.network.values import Span, is_at_hand
from peerlint.rule import Finding, Rule

MARK = "peerlint:"

_DIRECTIVE = re.compile(r"peerlint:\s*(?P<verb>[A-Za-z-]+)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<rest>.*)$", re.DOTALL)
_UNTIL = re.compile(r"\buntil=(\S*)")


class Suppression(Struct, frozen=True):
    """One suppression.

    ``rules`` are ids and names as written; ``extent`` is what it covers. ``fault`` says why it silences nothing,
    whatever is found.
    """

    rules: tuple[str, ...]
    at: Span
    extents: tuple[Span, ...]
    reason: str = ""
    fault: str | None = None


class Suppressions:
    """Suppressions by what they cover, as a file may have as many of them as findings."""

    def __init__(self, suppressions: Sequence[Suppression]) -> None:
        """Those that have no fault can be found."""
        self._all = suppressions
        extents: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
        for number, one in enumerate(suppressions):
            for name, extent in itertools.product(one.rules if one.fault is None else (), one.extents):
                extents[name, extent.file].append((extent.line, extent.end_line, number))
        self._extents = {key: _Extents(found) for key, found in extents.items()}

    def silencing(self, finding: Finding, rule: Rule) -> list[Suppression]:
        """The suppressions that silence a finding of a rule, as any place of it lies in what they cover; in order."""
        places = {(at.file, at.line, at.end_line) for at in (finding.at, *(note.at for note in finding.notes))}
        numbers: set[int] = set()
        for name, (file, line, end_line) in itertools.product({rule.id, rule.name}, places):
            found = self._extents.get((name, file))
            numbers |= found.meeting(line, end_line) if found is not None else set()
        return [self._all[number] for number in sorted(numbers)]


class _Extents:
    """Ranges of lines with a number each. Next to none overlap, so that only a few are looked at for a place."""

    def __init__(self, extents: Sequence[tuple[int, int, int]]) -> None:
        self._extents = sorted(extents)
        self._last = list(itertools.accumulate((end for _, end, _ in self._extents), max))

    def meeting(self, line: int, end_line: int) -> set[int]:
        """The numbers of those that have a line in common with a range."""
        index = bisect_right(self._extents, end_line, key=lambda extent: extent[0])
        found = set()
        while index > 0 and self._last[index - 1] >= line:
            index -= 1
            if self._extents[index][1] >= line:
                found.add(self._extents[index][2])
        return found


def suppressions(fragments: Iterable[Fragment], today: date, max_size: int) -> tuple[Suppression, ...]:
    """Every suppression that the files of the fragments hold, in the order of the files.

    One that cannot be understood, or whose ``until`` is before ``today``, has a fault. A file of more than ``max_size``
    bytes has none: it was not read either.
    """
    extents: dict[str, set[Span]] = {}
    waivers: dict[Span, Suppression] = {}
    told: dict[str, dict[Directive, None]] = defaultdict(dict)
    for fragment in fragments:
        for file in fragment.files:
            extents.setdefault(file, set())
        for extent in fragment.extents:
            extents.setdefault(extent.file, set()).add(extent)
        for directive in fragment.directives:
            told[directive.at.file][directive] = None
        for waiver in fragment.waivers:
            waivers[waiver.at] = Suppression(waiver.rules, waiver.at, (waiver.extent,))
    written = [s for file in sorted(extents) for s in _of_file(file, extents[file], told[file], today, max_size)]
    return (*written, *waivers.values())


def _of_file(
    file: str, extents: set[Span], told: Iterable[Directive], today: date, max_size: int
) -> Iterator[Suppression]:
    """The suppressions of a file, those that are ``told`` where it is not at hand."""
    headers = defaultdict(list)
    for extent in sorted(extents):
        headers[extent.line].append(extent)
    for directive in directives(file, max_size) if is_at_hand(file) else sorted(told, key=lambda one: one.at):
        covered = (Span(file, directive.line, 1, directive.line, 1), *headers[directive.line])
        yield _suppression(directive, covered, today)


def directives(file: str, max_size: int) -> Iterator[Directive]:
    """The suppressions that are comments of a file; none in one of more than ``max_size`` bytes."""
    try:
        text = filesystem.read(file, max_size + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return  # PL901 says so
    if MARK not in text or len(text) > max_size:
        return
    lines = _Lines(text)
    for at, comment in comments(file, text):
        said = comment.lstrip("#/* \t")
        if _DIRECTIVE.match(said):
            yield Directive(at, lines.covered(at), said)


def _suppression(directive: Directive, covered: tuple[Span, ...], today: date) -> Suppression:
    said = _DIRECTIVE.match(directive.text)
    if said is None:
        return Suppression((), directive.at, covered, fault=_fault("", (), "", today))
    rules = tuple(_known_as(name.strip()) for name in (said["rules"] or "").split(",") if name.strip())
    rest = said["rest"]
    fault = _fault(said["verb"], rules, rest, today)
    return Suppression(rules, directive.at, covered, _UNTIL.sub("", rest).strip(" \t\r\n*:-"), fault)


class _Lines:
    """The lines of a file, and for each the first one from there on that is no comment."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._code = [len(self._lines) + 1]
        for number in range(len(self._lines), 0, -1):
            is_comment = self._lines[number - 1].lstrip().startswith(("#", "//", "/*"))
            self._code.append(self._code[-1] if is_comment else number)
        self._code.reverse()

    def covered(self, comment: Span) -> int:
        """The line that a comment trails, or else the next line of code."""
        if self._lines[comment.line - 1][: comment.column - 1].strip():
            return comment.line
        return self._code[min(comment.end_line, len(self._lines))]


def _fault(verb: str, rules: tuple[str, ...], rest: str, today: date) -> str | None:
    if verb != "ignore":
        return f"`peerlint: {verb}` is not a directive; `peerlint: ignore[PL201]` is"
    if not rules:
        return "it names no rule: write `peerlint: ignore[PL201]`"
    until = _UNTIL.search(rest)
    if until is None:
        return None
    try:
        last = date.fromisoformat(until[1])
    except ValueError:
        return f"`until={until[1]}` is not a date such as 2027-01-31"
    return f"it ended on {last}" if last < today else None


def strangers(suppression: Suppression, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The names it gives that no rule has."""
    names = {name for rule in rules for name in (rule.id, rule.name)}
    return tuple(name for name in suppression.rules if name not in names)


def _known_as(name: str) -> str:
    """A rule's id in capitals, as everywhere else; a name stays as it is."""
    return name.upper() if name[:2].lower() == "pl" and name[2:].isdigit() else name
