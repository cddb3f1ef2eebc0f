"""Suppressions: comments, and data in JSON templates, that silence findings at a place.

``# peerlint: ignore[PL201,missing-reciprocal-route] until=2027-01-31 reason`` (also ``//`` and ``/* */``) works on the
line it trails, or from a line of its own on the line below, and on the whole block whose header that line is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from peerlint.comments import comments
from peerlint.network.model import Fragment
from peerlint.network.values import Span
from peerlint.rule import Finding, Rule

MARK = "peerlint:"

_DIRECTIVE = re.compile(r"peerlint:\s*(?P<verb>[A-Za-z-]+)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<rest>.*)$", re.DOTALL)
_UNTIL = re.compile(r"\buntil=(\S*)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression.

    ``rules`` are ids and names as written; ``extent`` is what it covers. ``fault`` says why it silences nothing,
    whatever is found.
    """

    rules: tuple[str, ...]
    at: Span
    extents: tuple[Span, ...]
    reason: str = ""
    fault: str | None = None

    def covers(self, finding: Finding, rule: Rule) -> bool:
        """Whether it silences a finding of a rule: any place of the finding lies in what it covers."""
        if self.fault is not None or not (rule.id in self.rules or rule.name in self.rules):
            return False
        places = (finding.at, *(note.at for note in finding.notes))
        return any(_meet(extent, place) for extent in self.extents for place in places)


def _meet(extent: Span, place: Span) -> bool:
    return extent.file == place.file and extent.line <= place.end_line and place.line <= extent.end_line


def suppressions(fragments: Iterable[Fragment], today: date, max_size: int) -> tuple[Suppression, ...]:
    """Every suppression that the files of the fragments hold, in the order of the files.

    One that cannot be understood, or whose ``until`` is before ``today``, has a fault. A file of more than ``max_size``
    bytes has none: it was not read either.
    """
    extents: dict[str, set[Span]] = {}
    waivers: dict[Span, Suppression] = {}
    for fragment in fragments:
        for file in fragment.files:
            extents.setdefault(file, set())
        for extent in fragment.extents:
            extents.setdefault(extent.file, set()).add(extent)
        for waiver in fragment.waivers:
            waivers[waiver.at] = Suppression(waiver.rules, waiver.at, (waiver.extent,))
    written = [s for file in sorted(extents) for s in _of_file(file, extents[file], today, max_size)]
    return (*written, *waivers.values())


def _of_file(file: str, extents: set[Span], today: date, max_size: int) -> Iterator[Suppression]:
    try:
        with open(file, encoding="utf-8-sig", newline="") as stream:
            text = stream.read(max_size + 1)
    except (OSError, UnicodeDecodeError):
        return  # PL901 says so
    if MARK not in text or len(text) > max_size:
        return
    lines = text.split("\n")
    for at, comment in comments(file, text):
        directive = _DIRECTIVE.match(comment.lstrip("#/* \t"))
        if directive is None:
            continue
        covered = _covered(at, lines, extents)
        rules = tuple(_known_as(name.strip()) for name in (directive["rules"] or "").split(",") if name.strip())
        rest = directive["rest"]
        fault = _fault(directive["verb"], rules, rest, today)
        yield Suppression(rules, at, covered, _UNTIL.sub("", rest).strip(" \t\r\n*:-"), fault)


def _covered(at: Span, lines: list[str], extents: set[Span]) -> tuple[Span, ...]:
    """The line a comment trails, or else the next line of code; and the block whose header that is."""
    line = at.line
    if not lines[line - 1][: at.column - 1].strip():
        line = at.end_line + 1
        while line <= len(lines) and _is_comment(lines[line - 1]):
            line += 1
    own = Span(at.file, line, 1, line, 1)
    return (own, *sorted(extent for extent in extents if extent.line == line))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("#", "//", "/*"))


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
