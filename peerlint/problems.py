"""The problems that reading the input met, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.model import ProblemKind
from peerlint.network.network import Network
from peerlint.rule import Finding, Note, Undecided


def findings(network: Network, kind: ProblemKind) -> Iterator[Finding | Undecided]:
    """One finding for each problem of a kind, or one undecided question where it only leaves something open."""
    for stack, problem in ((f.stack, problem) for f in network.fragments for problem in f.problems):
        if problem.kind is kind:
            notes = tuple(Note(message, at) for message, at in problem.notes)
            addresses = (problem.address,) if problem.address else ()
            if problem.question:
                yield Undecided(problem.question, problem.message, problem.at, addresses, stack)
                continue
            yield Finding(problem.message, problem.at, addresses, notes, problem.remedy, stack=stack)
