"""Findings about a module that was not read say what they rest on: the description that stands in for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from peerlint.network.model import Basis, Fragment
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.rule import Finding, Note

KEY = re.compile(r"\[[^\[\]]*\]\Z")


class Bases:
    """The descriptions that stand in for modules, in all stacks."""

    __slots__ = ("_bases", "_by_file", "_by_stack")

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """Those of some fragments."""
        self._bases = [(basis, _within(basis)) for fragment in fragments for basis in fragment.bases]
        self._by_stack: dict[str, list[int]] = defaultdict(list)
        self._by_file: dict[str, list[int]] = defaultdict(list)
        for number, (basis, _) in enumerate(self._bases):
            self._by_stack[basis.stack].append(number)
            self._by_file[basis.extent.file].append(number)

    def told(self, finding: Finding) -> Finding:
        """The finding, with a note for each description that it rests on."""
        notes = tuple(self._resting_on(finding)) if self._bases else ()
        return replace(finding, notes=(*finding.notes, *notes)) if notes else finding

    def _resting_on(self, finding: Finding) -> Iterator[Note]:
        """A note for each call of which the finding names something, or in which it has a place."""
        places = (finding.at, *(note.at for note in finding.notes))
        said = "\n".join((*finding.addresses, finding.message, *(note.message for note in finding.notes)))
        told: set[Span] = set()
        for basis, within in self._near(finding.stack, places):
            named = finding.stack in ("", basis.stack) and within.search(said) is not None
            if basis.at not in told and (named or any(basis.extent.holds(at) for at in places)):
                told.add(basis.at)
                name = KEY.sub("", basis.address)
                yield Note(f"`{name}` is not on disk: peerlint's summary of {basis.title} is used", basis.at)

    def _near(self, stack: str, places: Iterable[Span]) -> Iterator[tuple[Basis, re.Pattern[str]]]:
        """Those of a stack, all where none is told, and those called in a file of some places; in their order."""
        numbers = set(self._by_stack.get(stack, ()) if stack else range(len(self._bases)))
        for file in {at.file for at in places}:
            numbers.update(self._by_file.get(file, ()))
        return (self._bases[number] for number in sorted(numbers))


def _within(basis: Basis) -> re.Pattern[str]:
    """What the address of something in a module looks like in a message."""
    return re.compile(rf"(?<![\w.]){re.escape(basis.address)}\.")
