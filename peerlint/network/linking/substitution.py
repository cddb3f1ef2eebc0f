"""The unknown values of fragments, replaced by what other stacks tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from peerlint.network.cidr import parse_cidr
from peerlint.network.model import Fragment, Gap, Origin
from peerlint.network.values import Identity, Known, Step, Trail, Unknown, Written
from peerlint.records import field_names, is_record, replace

Substitution: TypeAlias = Mapping[Identity, Written[object]]
"""Values by the identities that they take the place of."""

Change: TypeAlias = Callable[[Unknown, str], Written[object]]
"""What takes the place of an unknown in a field of this name: itself, or another value."""

T = TypeVar("T")

CIDR_FIELDS = frozenset({"cidr", "cidrs"})


def substituted(fragment: Fragment, values: Substitution) -> Fragment:
    """A fragment with every identity of ``values`` replaced, at any depth, by the end of its chain of look-ups."""

    def change(unknown: Unknown, field_name: str) -> Written[object]:
        if unknown.of is None or unknown.of not in values:
            return unknown
        return as_field(_follow(unknown.of, values), field_name, unknown)

    return changed(fragment, change)


def explained(fragment: Fragment, reason: Callable[[Identity], str]) -> Fragment:
    """A fragment in which the unknowns of some identities say what would make them known."""

    def change(unknown: Unknown, field_name: str) -> Written[object]:
        detail = reason(unknown.of) if unknown.of is not None else ""
        return replace(unknown, detail=detail) if detail else unknown

    return changed(fragment, change)


def changed(fragment: Fragment, change: Change) -> Fragment:
    """A fragment with every unknown value changed."""
    return replace(
        fragment,
        entities=_each(fragment.entities, change),
        gaps=tuple(_gap(gap, change) for gap in fragment.gaps),
        lookups=_each(fragment.lookups, change),
        findables=_each(fragment.findables, change),
        readings=_each(fragment.readings, change),
        published=_each(fragment.published, change),
        deploys=_each(fragment.deploys, change),
        signature=_changed(fragment.signature, change, ""),
    )


def _each(things: tuple[T, ...], change: Change) -> tuple[T, ...]:
    return tuple(_changed(thing, change, "") for thing in things)


def _gap(gap: Gap, change: Change) -> Gap:
    touches = gap.touches
    return gap if touches is None else replace(gap, touches=frozenset(_changed(id, change, "") for id in touches))


def _changed(thing: object, change: Change, field_name: str) -> Any:
    """``thing`` with every unknown in it changed: of its type, with other values."""
    match thing:
        case Unknown():
            return change(thing, field_name)
        case tuple():
            return tuple(_changed(item, change, field_name) for item in thing)
        case Origin() | Known():
            return thing
        case _ if is_record(thing):
            values = {name: _changed(getattr(thing, name), change, name) for name in field_names(thing)}
            kept = all(value is getattr(thing, name) for name, value in values.items())
            return thing if kept else replace(thing, **values)
        case _:
            return thing


def _follow(identity: Identity, values: Substitution) -> Written[object]:
    """The value at the end of a chain of look-ups; a circle ends where it began."""
    seen = {identity}
    value = values[identity]
    while isinstance(value, Unknown) and value.of is not None and value.of in values and value.of not in seen:
        seen.add(value.of)
        value = values[value.of]
    return value


def as_field(value: Written[object], field_name: str, was: Unknown) -> Written[object]:
    """A provided value in the type its field takes, at the place where it is used."""
    if isinstance(value, Unknown):
        return replace(value, at=was.at)
    if field_name not in CIDR_FIELDS:
        return Known(value.value, was.at, _trail(value))
    cidr = parse_cidr(value.value) if isinstance(value.value, str) else None
    return Known(cidr, was.at, _trail(value)) if cidr is not None else was


def _trail(value: Known[object]) -> Trail | None:
    """The way of a value of another stack, which at least ends where that stack writes it."""
    if value.trail is not None or value.at is None:
        return value.trail
    step = Step(f"{value.value} is written here", value.at)
    return lambda: (step,)
