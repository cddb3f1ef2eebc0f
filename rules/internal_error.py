"""A rule, or the reader of a stack, failed: a bug.

## Why

The failed rule has said nothing about the whole input, or the stack that could not be read is missing from the
network. The other rules and stacks are reported as usual, and the exit code is 4 whatever else is found.

## Fix

Please report it, with what `--traceback` prints, at https://github.com/peerlint/peerlint/issues. Until it is mended,
`--ignore` the rule that failed.

## Undecided when

Never.
"""

from __future__ import annotations

from collections.abc import Iterator

from peerlint.network.network import Network
from peerlint.rule import Finding, Severity, Undecided, rule


@rule("PL900", "internal-error", Severity.ERROR)
def check(network: Network) -> Iterator[Finding | Undecided]:
    """Nothing by itself: the engine reports it where something else fails."""
    yield from ()
