"""Values of the JSON → values of Terraform, with what is unknown left as holes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from peerlint.network.values import Known, Span
from peerlint.terraform.values import TfSet, TfValue, elements

Hole: TypeAlias = Callable[[TfValue | None], TfValue]
"""The value of what the plan does not know, by its twin: the same in the source, as evaluated there."""


def merged(plain: object, unknown: object, twin: TfValue | None, at: Span | None, hole: Hole) -> TfValue:
    """The value of a JSON value. ``unknown`` is ``True`` where it is known only after apply, and has the shape of the
    value where a part of it is. Places are those of the ``twin`` where that is the same, else ``at``.
    """
    if unknown is True:
        return hole(twin)
    match plain:
        case dict():
            parts = twin.value if isinstance(twin, Known) and isinstance(twin.value, dict) else {}
            masks = unknown if isinstance(unknown, dict) else {}
            names = dict.fromkeys([*plain, *masks])
            return Known(
                {n: merged(plain.get(n), masks.get(n), parts.get(n), at, hole) for n in names}, _place(twin, at)
            )
        case list():
            twins = _twins(plain, twin)
            masks_ = unknown if isinstance(unknown, list) else []
            items = [
                merged(item, masks_[i] if i < len(masks_) else None, twins[i], at, hole) for i, item in enumerate(plain)
            ]
            return Known(tuple(items), _place(twin, at))
        case bool() | int() | Decimal() | str() | None:
            same = isinstance(twin, Known) and _text(twin.value) == _text(plain)
            return Known(plain, _place(twin, at) if same else at)
        case _:
            return hole(None)


def is_empty(plain: object) -> bool:
    """Whether the value stands for an argument that is not written: the JSON tells every argument of a resource."""
    return plain is None or plain in ("", [], {})


def has_unknown(unknown: object) -> bool:
    """Whether any part of a value is known only after apply."""
    match unknown:
        case dict():
            return any(map(has_unknown, unknown.values()))
        case list():
            return any(map(has_unknown, unknown))
        case _:
            return unknown is True


def _twins(items: list[object], twin: TfValue | None) -> list[TfValue | None]:
    """The elements of the twin that stand for the items: by position in a list, by value in a set."""
    found: list[TfValue | None] = list(elements(twin) or ()) if twin is not None else []
    if isinstance(twin, Known) and isinstance(twin.value, TfSet):
        return matched(items, found, agrees)
    return found if len(found) == len(items) else [None] * len(items)


def matched(
    items: list[object], twins: list[TfValue | None], agree: Callable[[object, TfValue | None], bool]
) -> list[TfValue | None]:
    """For each item the first twin that agrees with it and that no other item has."""
    left = list(twins)
    found: list[TfValue | None] = []
    for item in items:
        index = next((i for i, twin in enumerate(left) if agree(item, twin)), None)
        found.append(left.pop(index) if index is not None else None)
    return found


def agrees(plain: object, twin: TfValue | None) -> bool:
    """Whether a JSON value and the source's value may be one: where both are known they are equal."""
    if plain is None or not isinstance(twin, Known):
        return True
    match plain, twin.value:
        case dict(), dict() as parts:
            return all(agrees(item, parts.get(name)) for name, item in plain.items())
        case list() as items, _:
            others = elements(twin)
            return others is None or len(others) == len(items)
        case _:
            return _text(plain) == _text(twin.value)


def _text(plain: object) -> str:
    """A primitive as text, as the provider's schema may have another type for it than the source."""
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def _place(twin: TfValue | None, at: Span | None) -> Span | None:
    return twin.at if isinstance(twin, Known) and twin.at is not None else at
