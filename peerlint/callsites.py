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
        self._bases = [basis for fragment in fragments for basis in fragment.bases]
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
        for basis in self._bases:
            if _rests_on(finding, basis):
                yield Note(f"`{basis.address}` is not on disk: peerlint's summary of {basis.title} is used", basis.at)


def _rests_on(finding: Finding, basis: Basis) -> bool:
    """Whether a finding names something of a module, or has a place in its call."""
    places = (finding.at, *(note.at for note in finding.notes))
    if any(basis.extent.encloses(at) for at in places):
        return True
    within = re.compile(rf"(?<![\w.]){re.escape(basis.address)}\.")
    said = (*finding.addresses, finding.message, *(note.message for note in finding.notes))
    return finding.stack in ("", basis.stack) and any(within.search(text) for text in said)


CALL = re.compile(r"module\.[^.\[]+(?:\[(?:\"[^\"]*\"|[^\]\"]*)\])?")


def _module(address: str, depth: int) -> str:
    """The first modules of an address: `module.a["x"].module.b` at depth 1 of `module.a["x"].module.b.aws_vpc.v`."""
    return ".".join(CALL.findall(address)[: depth + 1])
