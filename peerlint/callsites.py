"""Findings inside a module gain a note for each call that leads there: the module may not be the reader's to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from peerlint.network.model import Basis, Fragment
from peerlint.network.values import Span
from peerlint.rule import Finding, Note


class CallSites:
    """The module calls through which each declared thing came, by its stack, address and file."""

    __slots__ = ("_bases", "_calls")

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """The calls of all entities, and the descriptions that stand in for modules."""
        self._bases = [(basis, _within(basis)) for fragment in fragments for basis in fragment.bases]
        self._calls: dict[tuple[str, str, str], tuple[Span, ...]] = {}
        for fragment in fragments:
            for entity in fragment.entities:
                origin = entity.origin
                self._calls[origin.stack, origin.address, origin.span.file] = origin.calls

    def told(self, finding: Finding) -> Finding:
        """The finding, with a note for each call between the root and the module that it lies in, innermost first, and
        one for each description of a module that it rests on.
        """
        return replace(finding, notes=(*finding.notes, *self._led_by(finding), *self._resting_on(finding)))

    def _led_by(self, finding: Finding) -> tuple[Note, ...]:
        for address in finding.addresses:
            calls = self._calls.get((finding.stack, address, finding.at.file), ())
            if calls:
                return tuple(
                    Note(f"{_module(address, depth)} is called here", calls[depth])
                    for depth in reversed(range(len(calls)))
                )
        return ()

    def _resting_on(self, finding: Finding) -> Iterator[Note]:
        """A note for each call of which the finding names something, or in which it has a place."""
        places = (finding.at, *(note.at for note in finding.notes))
        said = "\n".join((*finding.addresses, finding.message, *(note.message for note in finding.notes)))
        told: set[Span] = set()
        for basis, within in self._bases:
            named = finding.stack in ("", basis.stack) and within.search(said) is not None
            if basis.at not in told and (named or any(basis.extent.encloses(at) for at in places)):
                told.add(basis.at)
                name = KEY.sub("", basis.address)
                yield Note(f"`{name}` is not on disk: peerlint's summary of {basis.title} is used", basis.at)


KEY = re.compile(r"\[[^\[\]]*\]\Z")
CALL = re.compile(r"module\.[^.\[]+(?:\[(?:\"[^\"]*\"|[^\]\"]*)\])?")


def _within(basis: Basis) -> re.Pattern[str]:
    """What the address of something in a module looks like in a message."""
    return re.compile(rf"(?<![\w.]){re.escape(basis.address)}\.")


def _module(address: str, depth: int) -> str:
    """The first modules of an address: `module.a["x"].module.b` at depth 1 of `module.a["x"].module.b.aws_vpc.v`."""
    return ".".join(CALL.findall(address)[: depth + 1])
