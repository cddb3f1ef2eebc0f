"""Where findings belong: to which stack, and, inside a module or a nested stack, to which calls.

The module may not be the reader's to edit: such a finding gains a note for each call that leads there.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from peerlint.discover import TERRAFORM
from peerlint.network.model import Fragment
from peerlint.network.network import Network
from peerlint.network.values import Span
from peerlint.records import replace
from peerlint.rule import Finding, Note, Undecided


class CallSites:
    """The module calls and nested stacks through which each declared thing came, by its stack, address and module."""

    __slots__ = ("_calls",)

    def __init__(self, fragments: Sequence[Fragment]) -> None:
        """The calls of all entities."""
        self._calls: dict[tuple[str, str, str], tuple[Span, ...]] = {}
        for fragment in fragments:
            for entity in fragment.entities:
                origin = entity.origin
                self._calls[origin.stack, origin.address, _module_of(origin.span, origin.calls)] = origin.calls
            for written in fragment.retired:
                module = _module_of(written.at, written.calls)
                self._calls.setdefault((fragment.stack, written.address, module), written.calls)

    def told(self, finding: Finding) -> Finding:
        """The finding, with a note for each call between the root and the module or nested stack that it lies in,
        innermost first.

        A call that hands on a value of which a note tells is not told again.
        """
        told = {note.step.call for note in finding.notes if note.step is not None}
        for address in finding.addresses:
            here = (
                self._calls.get((finding.stack, address, place)) for place in (finding.at.file, _module(finding.at))
            )
            calls = next(filter(None, here), ())
            if calls:
                notes = tuple(
                    Note(_called(address, depth), calls[depth])
                    for depth in reversed(range(len(calls)))
                    if calls[depth] not in told
                )
                return replace(finding, notes=(*finding.notes, *notes))
        return finding


class Homes:
    """The stacks of what a network declares, for findings that do not tell theirs."""

    def __init__(self, network: Network) -> None:
        """Those of a network; they are looked at when the first is asked for."""
        self._network = network

    def of(self, item: Finding | Undecided) -> str:
        """The stack of the first thing concerned that the finding's module declares; empty where there is none."""
        declared = (self._stacks.get((address, _module(item.at)), set()) for address in item.addresses)
        return next((stack for stacks in declared if len(stacks) == 1 for stack in stacks), "")

    @cached_property
    def _stacks(self) -> Mapping[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for origin in (entity.origin for fragment in self._network.fragments for entity in fragment.entities):
            found[origin.address, _module(origin.span)].add(origin.stack)
        return found


def _module(at: Span) -> str:
    """What a place belongs to: the directory of a file of Terraform, which is a module, or else the file."""
    return os.path.dirname(at.file) if at.file.endswith(TERRAFORM) else at.file


def _module_of(at: Span, calls: Sequence[Span]) -> str:
    """What a declared thing belongs to: where a summary has put it at a call, it is not of the module around it."""
    return at.file if calls and _module(calls[-1]) == _module(at) else _module(at)


CALL = re.compile(r"module\.[^.\[]+(?:\[(?:\"[^\"]*\"|[^\]\"]*)\])?")


def _called(address: str, depth: int) -> str:
    """What is said of a call: of `module.a["x"].module.b` at depth 1 of `module.a["x"].module.b.aws_vpc.v`, of the
    nested stack `Network/Peering` at depth 1 of `Network/Peering/Pcx`.
    """
    modules = CALL.findall(address)
    if modules:
        return f"{'.'.join(modules[: depth + 1])} is called here"
    return f"{'/'.join(address.split('/')[: depth + 1])} is nested here"
