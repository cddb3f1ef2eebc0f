"""What is certain of an unknown value all the same: how its text begins and ends, between which numbers it lies.

Terraform calls these refinements, and answers questions by them that would otherwise stay open.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from peerlint.network.values import Known, Unknown
from peerlint.records import replace
from peerlint.terraform import types
from peerlint.terraform.types import type_of
from peerlint.terraform.values import (
    Plain,
    TfSet,
    TfValue,
    derived_as,
    first_unknown,
    is_number,
    is_scalar,
)

Bounds: TypeAlias = tuple[int | Decimal, int | Decimal]
"""The least and the greatest number that a value can be."""

INFINITY = Decimal("Infinity")
"""The bound of what has none."""

MAX_PARTS = 8
"""How many parts of a text are kept."""

_NEVER_BLANK = frozenset({"id", "arn"})


def differs(unknown: Unknown, plain: Plain) -> bool:
    """Whether the unknown is certainly another value than the known one."""
    match plain:
        case None:
            return unknown.not_null or _is_identifier(unknown)
        case _ if types.apart(type_of(unknown), type_of(Known(plain))):
            return True
        case int() | Decimal() if unknown.bounds is not None:
            return not unknown.bounds[0] <= plain <= unknown.bounds[1]
        case "":
            return bool(unknown.beginning or unknown.ending) or _is_identifier(unknown)
        case str():
            short = len(plain) < len(unknown.beginning) + len(unknown.ending)
            return short or not (plain.startswith(unknown.beginning) and plain.endswith(unknown.ending))
        case _:
            return False


def _is_identifier(unknown: Unknown) -> bool:
    """Whether it is the id of something that exists once all is applied."""
    return is_scalar(unknown) and unknown.of is not None and unknown.of.attribute in _NEVER_BLANK


def bounds_of(value: TfValue) -> Bounds | None:
    """Between which numbers the value lies, both included; ``None`` where that is open, or where it is no number."""
    match value:
        case Unknown(bounds=bounds):
            return bounds
        case Known(value=int() | Decimal() as plain) if is_number(plain):
            return plain, plain
    return None


def bounds_of_size(items: TfSet) -> Bounds:
    """How many elements a set has in the end: its unknown ones may turn out to equal others."""
    known = sum(first_unknown(item) is None for item in items.items)
    return max(known, min(1, len(items.items))), len(items.items)


def apart(left: Unknown, right: Unknown) -> bool:
    """Whether two unknowns are certainly not the same value: they have other types, or lie between other numbers."""
    if types.apart(type_of(left), type_of(right)):
        return True
    return left.bounds is not None and right.bounds is not None and not overlapping(left.bounds, right.bounds)


def overlapping(left: Bounds, right: Bounds) -> bool:
    """Whether a number may lie between both pairs of bounds."""
    return left[0] <= right[1] and right[0] <= left[1]


def begins_with(unknown: Unknown, prefix: str) -> bool | None:
    """Whether its text begins so; ``None`` where that is open."""
    if unknown.beginning.startswith(prefix):
        return True
    return None if prefix.startswith(unknown.beginning) else False


def ends_with(unknown: Unknown, suffix: str) -> bool | None:
    """Whether its text ends so; ``None`` where that is open."""
    if unknown.ending.endswith(suffix):
        return True
    return None if suffix.endswith(unknown.ending) else False


def certain_beginning(text: str) -> str:
    """The text without a last character with which what follows may combine to another one."""
    last = text[-1:]
    return text if last.isascii() and not last.isalnum() else text[:-1]


def text_from(unknown: Unknown, beginning: str) -> Unknown:
    """A text that is computed from an unknown, and of which the beginning is told."""
    return replace(derived_as("string", unknown), beginning=certain_beginning(beginning))


def kept_parts(pieces: Sequence[TfValue]) -> tuple[Known[str] | Unknown, ...]:
    """What a text is joined from, where that is little, and no more than texts and unknowns."""
    kept: list[Known[str] | Unknown] = []
    for piece in pieces:
        match piece:
            case Unknown():
                kept.append(piece)
            case Known(value=str() as text):
                last = kept[-1] if kept else None
                if isinstance(last, Known):
                    kept[-1] = Known(last.value + text)
                else:
                    kept.append(Known(text))
            case _:
                return ()
    return tuple(kept) if len(kept) <= MAX_PARTS else ()
