"""What the values of entities name: literal texts, and the identities of unknown ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peerlint.network.model import Origin
from peerlint.network.values import Identity, Known, Unknown
from peerlint.records import field_names, is_record


def literals(thing: object) -> Iterator[Known[str]]:
    """Every known text among the values of entities, at any depth; what tells where they are declared is none."""
    for value in _values(thing):
        match value:
            case Known(value=str()):
                yield value
            case _:
                pass


def identities(thing: object) -> Iterator[Identity]:
    """Every identity among the values of entities, at any depth, those of the parts of a text included."""
    for value in _values(thing):
        match value:
            case Unknown(of=Identity() as identity):
                yield identity
            case Unknown(parts=parts):
                yield from identities(parts)
            case _:
                pass


def _values(thing: object) -> Iterator[Known[Any] | Unknown]:
    match thing:
        case Known() | Unknown():
            yield thing
        case tuple():
            for item in thing:
                yield from _values(item)
        case Origin():
            return
        case _ if is_record(thing):
            for name in field_names(thing):
                yield from _values(getattr(thing, name))
