"""The literal texts that entities hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from peerlint.network.model import Origin
from peerlint.network.values import Known, Unknown


def literals(thing: object) -> Iterator[Known[str]]:
    """Every known text among the values of entities, at any depth; what tells where they are declared is none."""
    match thing:
        case Known(value=str()):
            yield thing
        case tuple():
            for item in thing:
                yield from literals(item)
        case Origin() | Known() | Unknown():
            return
        case _ if is_dataclass(thing):
            for field in fields(thing):
                yield from literals(getattr(thing, field.name))
