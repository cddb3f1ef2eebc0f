"""What a value holds, for tests that know which kind it must be."""

from __future__ import annotations

from typing import TypeVar

from peerlint.network.values import Identity, Known, Unknown, Value

T = TypeVar("T")


def known(value: Value[T]) -> T:
    """The value of a Known."""
    assert isinstance(value, Known), value
    return value.value


def unknown(value: Value[object]) -> Unknown:
    """An Unknown as such."""
    assert isinstance(value, Unknown), value
    return value


def identity(value: Value[object]) -> Identity:
    """The identity of an Unknown."""
    of = unknown(value).of
    assert of is not None, value
    return of
