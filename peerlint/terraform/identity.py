"""The identity of what is computed from unknowns: the computation itself, so that two equal ones are one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from peerlint.network.values import Identity, Known, Unknown, Why
from peerlint.records import replace
from peerlint.terraform.values import TfSet, TfValue, elements

LONGEST_IDENTITY = 300
"""Characters; a longer computation has no identity."""


def identified(operation: str, operands: Sequence[TfValue], result: TfValue) -> TfValue:
    """An unknown result with the computation as its identity, where all its unknowns have one."""
    if not isinstance(result, Unknown) or result.of is not None or result.why is Why.UNSUPPORTED:
        return result
    stack = next((s for s in map(_stack, operands) if s is not None), None)
    if stack is None:
        return result
    texts = [canonical(operand, stack) for operand in operands]
    if any(text is None for text in texts):
        return result
    address = f"{operation}({', '.join(text for text in texts if text is not None)})"
    if len(address) > LONGEST_IDENTITY:
        return result
    return replace(result, of=Identity(stack, address, computed=True))


def canonical(value: TfValue, stack: str) -> str | None:
    """A text that is equal for equal values of a stack; ``None`` where an unknown inside has no identity of its own."""
    match value:
        case Unknown(of=of):
            if of is None or of.many:
                return None
            return str(of) if of.stack == stack else f"{of.stack}: {of}"
        case Known(value=dict() as items):
            texts = [(key, canonical(item, stack)) for key, item in items.items()]
            return None if any(t is None for _, t in texts) else "{" + ", ".join(f"{k}={t}" for k, t in texts) + "}"
        case Known(value=tuple() as items) | Known(value=TfSet(items=items)):
            inner = [canonical(item, stack) for item in items]
            return None if any(t is None for t in inner) else "[" + ", ".join(t for t in inner if t is not None) + "]"
        case Known(value=plain):
            return repr(plain)
    assert_never(value)


def _stack(value: TfValue) -> str | None:
    if isinstance(value, Unknown):
        return value.of.stack if value.of is not None else None
    return next((s for s in map(_stack, elements(value) or ()) if s is not None), None)
