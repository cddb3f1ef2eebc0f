"""CloudFormation's values, as the evaluator computes them.

A ``CfnValue`` is ``Known``, ``Unknown``, or ``None`` for ``AWS::NoValue`` (and null): not written. What a ``Known``
holds: ``bool``, ``int``, ``str``, ``tuple`` for lists and ``dict`` for maps, whose elements are values themselves.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from peerlint.network.values import Identity, Known, Span, Step, Unknown, Why
from peerlint.records import replace

Plain: TypeAlias = "bool | int | str | tuple[CfnWritten, ...] | dict[str, CfnWritten]"
CfnWritten: TypeAlias = "Known[Plain] | Unknown"
CfnValue: TypeAlias = "Known[Plain] | Unknown | None"

MAX_TEXT = 4096
"""The longest text that is computed, in characters: the service's limit for a parameter's value."""

MAX_PARTS = 200
_BETWEEN = (",", ", ", "|", ";", " ", ":")
_MAX_IDENTITY = 512
_DYNAMIC = re.compile(r"\{\{resolve:[^{}]*\}\}")


def as_text(value: CfnValue) -> str | None:
    """A known scalar as the text that the service makes of it; ``None`` for everything else."""
    match value:
        case Known(value=bool(truth)):
            return "true" if truth else "false"
        case Known(value=int(number)):
            return str(number)
        case Known(value=str(text)):
            return text
        case _:
            return None


def known_texts(texts: Iterable[str], at: Span) -> Known[Plain]:
    """A list of known texts."""
    return Known(tuple(Known(text, at) for text in texts), at)


def by_step(value: CfnWritten, step: Step) -> CfnWritten:
    """A value that takes one more step on the way to its use, which comes before all others."""
    if not isinstance(value, Known):
        return value
    before = value.trail
    return replace(value, trail=lambda: (step, *(before() if before is not None else ())))


def unknowns(values: Iterable[CfnValue]) -> Iterator[Unknown]:
    """The unknowns among values, inside collections too."""
    for value in values:
        match value:
            case Unknown():
                yield value
            case Known(value=tuple(items)):
                yield from unknowns(items)
            case Known(value=dict(members)):
                yield from unknowns(members.values())
            case _:
                pass


def derived(stack: str, function: str, arguments: tuple[CfnValue, ...], source: str, at: Span) -> Unknown:
    """What a function of unknown arguments gives.

    It has an identity where every unknown argument has one, so that two equal expressions are one value; ``cause``
    names the first of them. Without any unknown among the arguments they are not what the function takes: INVALID.
    """
    first = next(unknowns(arguments), None)
    if first is None:
        return Unknown(Why.INVALID, source, at)
    return Unknown(first.why, source, at, computed(stack, function, arguments), cause=first.cause or first.of)


def computed(stack: str, function: str, arguments: tuple[CfnValue, ...]) -> Identity | None:
    """The identity of what a function gives; ``None`` where an unknown argument has none.

    What it chooses among may be a thing that the stack makes: its value need not be one that the stack is given.
    """
    parts = [_canonical(stack, argument) for argument in arguments]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    makes = any(each.of is not None and (each.of.attribute or each.of.computed) for each in unknowns(arguments))
    return replace(_identity(stack, f"{function}({', '.join(known)})"), computed=makes)


def looked_up(stack: str, place: str, reference: str, at: Span) -> Unknown:
    """What a dynamic reference (``{{resolve:ssm:/net/vpc}}``) is: one value wherever it is written in one place."""
    return Unknown(Why.LOOKUP, reference, at, Identity(stack, f"{place}{reference}"))


def with_references(stack: str, place: str, text: str, at: Span) -> CfnValue:
    """A text with its dynamic references, which the service looks up in a Region and account.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
    """
    if "{{resolve:" not in text:
        return Known(text, at)
    parts: list[CfnValue] = []
    last = 0
    for match in _DYNAMIC.finditer(text):
        parts.append(Known(text[last : match.start()]))
        parts.append(looked_up(stack, place, match.group(), at))
        last = match.end()
    parts.append(Known(text[last:]))
    return joined(stack, tuple(parts), text[:80], at)


def joined(stack: str, parts: tuple[CfnValue, ...], source: str, at: Span) -> CfnValue:
    """The text that the parts make together; one that is unknown in part is the same as any other of equal parts."""
    written = [as_text(part) for part in parts]
    if all(text is not None for text in written):
        text = "".join(text for text in written if text is not None)
        return Known(text, at) if len(text) <= MAX_TEXT else Unknown(Why.UNSUPPORTED, source, at)
    meaningful = [part for part in parts if as_text(part) != ""]
    if len(meaningful) == 1 and isinstance(meaningful[0], Unknown):
        return meaningful[0]
    first = next(unknowns(parts), None)
    if first is None:
        return Unknown(Why.INVALID, source, at)
    pieces = [_piece(stack, part) for part in parts]
    known = [piece for piece in pieces if piece is not None]
    of = _identity(stack, "".join(known)) if len(known) == len(pieces) else None
    ending = written[-1] or ""
    kept = tuple(piece for part in parts for piece in _pieces(part))
    return Unknown(first.why, source, at, of, cause=first.cause or first.of, ending=ending, parts=kept[:MAX_PARTS])


def _pieces(part: CfnValue) -> tuple[Known[str] | Unknown, ...]:
    """What a part of a text was joined from."""
    if isinstance(part, Unknown):
        return part.parts or (part,)
    text = as_text(part)
    return (Known(text, part.at),) if text and part is not None else ()


def split_apart(stack: str, value: CfnValue, separator: str, at: Span) -> Known[Plain] | None:
    """The elements of a text between separators, also where some are unknown; ``None`` where they cannot be told apart.

    The id of a resource has no character of its own that a list is joined by.
    """
    text = as_text(value)
    if text is not None:
        return known_texts(text.split(separator), at)
    parts = value.parts if isinstance(value, Unknown) and len(value.parts) < MAX_PARTS else ()
    elements: list[list[CfnValue]] = [[]]
    for part in parts:
        if isinstance(part, Known):
            first, *others = part.value.split(separator)
            elements[-1].append(Known(first, part.at))
            elements.extend([Known(other, part.at)] for other in others)
        elif part.of is not None and part.of.attribute == "id" and separator in _BETWEEN:
            elements[-1].append(part)
        else:
            return None
    if not parts:
        return None
    joined_ones = [joined(stack, tuple(element), "", at) for element in elements]
    return Known(tuple(one for one in joined_ones if one is not None), at)


def _identity(stack: str, text: str) -> Identity:
    """An identity for a computed value; a long one is cut and told from others by a digest."""
    if len(text) > _MAX_IDENTITY:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        text = f"{text[:64]}…{digest}"
    return Identity(stack, text)


def _reference(stack: str, value: Unknown) -> str | None:
    """An unknown's identity inside the identity of what is computed from it."""
    if value.of is None or value.of.many:
        return None
    return f"${{{value.of}}}" if value.of.stack == stack else f"${{{value.of.stack}|{value.of}}}"


def _piece(stack: str, part: CfnValue) -> str | None:
    text = as_text(part)
    if text is not None:
        return text.replace("${", "${!")
    return _reference(stack, part) if isinstance(part, Unknown) else None


def _canonical(stack: str, value: CfnValue) -> str | None:
    match value:
        case None:
            return "AWS::NoValue"
        case Unknown():
            return _reference(stack, value)
        case Known(value=tuple(items)):
            parts = [_canonical(stack, item) for item in items]
            return None if None in parts else "[" + ", ".join(part for part in parts if part is not None) + "]"
        case Known(value=dict(members)):
            pairs = [(key, _canonical(stack, member)) for key, member in sorted(members.items())]
            return (
                None if any(part is None for _, part in pairs) else "{" + ", ".join(f"{k}: {p}" for k, p in pairs) + "}"
            )
        case _:
            return json.dumps(as_text(value))
