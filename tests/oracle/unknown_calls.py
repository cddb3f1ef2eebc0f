"""Calls of every function with one argument, or a part of one, that plan does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tests.oracle.function_cases import CASES, Case
from tests.oracle.literals import Converted, Literal, hcl

_EACH = 3
"""How many cases of a function are taken."""


def calls() -> list[str]:
    """Expressions over the names of ``generated.PREAMBLE``."""
    counts: dict[str, int] = {}
    found: dict[str, None] = {}
    for case in CASES:
        counts[case[0]] = counts.get(case[0], 0) + 1
        if counts[case[0]] <= _EACH:
            found |= dict.fromkeys(_variants(case))
    return list(found)


def _variants(case: Case) -> Iterator[str]:
    name, args = case
    texts = [hcl(arg) for arg in args]
    for index, arg in enumerate(args):
        for unknown in _unknown(arg):
            yield f"{name}({', '.join([*texts[:index], unknown, *texts[index + 1 :]])})"


def _unknown(literal: Literal) -> Iterator[str]:
    """The literal with all of it, or the first part of it, unknown."""
    match literal:
        case None:
            return
        case bool():
            yield '(local.open == "x")'
        case int() | Decimal():
            yield "length(local.open)"
        case str():
            yield "local.open"
        case Converted(function=function, of=inner):
            yield from (f"{function}({text})" for text in _unknown(inner) if text.startswith(("[", "{")))
        case Mapping():
            pairs = [(hcl(name), hcl(item)) for name, item in literal.items()]
            if pairs:
                yield "{" + ", ".join(f"{n} = {v}" for n, v in [(pairs[0][0], "local.open"), *pairs[1:]]) + "}"
        case Sequence():
            if literal:
                yield "[" + ", ".join(["local.open", *map(hcl, literal[1:])]) + "]"
