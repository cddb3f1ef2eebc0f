"""Findings inside a module gain a note for each call that leads there: the module may not be the reader's to edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from peerlint.network.model import Fragment
from peerlint.network.values import Span
from peerlint.rule import Finding, Note


class CallSites:
    """The module calls through which each declared thing came, by its stack, address and file."""

    __slots__ = ("_calls",)

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """The calls of all entities."""
        self._calls: dict[tuple[str, str, str], tuple[Span, ...]] = {}
        for fragment in fragments:
            for entity in fragment.entities:
                origin = entity.origin
                self._calls[origin.stack, origin.address, origin.span.file] = origin.calls

    def told(self, finding: Finding) -> Finding:
        """The finding, with a note for each call between the root and the module that it lies in, innermost first.

        A call that hands on a value of which a note tells is not told again.
        """
        told = {note.step.call for note in finding.notes if note.step is not None}
        for address in finding.addresses:
            calls = self._calls.get((finding.stack, address, finding.at.file), ())
            if calls:
                notes = tuple(
                    Note(f"{_module(address, depth)} is called here", calls[depth])
                    for depth in reversed(range(len(calls)))
                    if calls[depth] not in told
                )
                return replace(finding, notes=(*finding.notes, *notes))
        return finding


CALL = re.compile(r"module\.[^.\[]+(?:\[(?:\"[^\"]*\"|[^\]\"]*)\])?")


def _module(address: str, depth: int) -> str:
    """The first modules of an address: `module.a["x"].module.b` at depth 1 of `module.a["x"].module.b.aws_vpc.v`."""
    return ".".join(CALL.findall(address)[: depth + 1])
