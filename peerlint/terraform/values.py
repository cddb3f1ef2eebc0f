"""Terraform's values, as the evaluator computes them.

A ``TfValue`` is ``Known`` or ``Unknown``. What a ``Known`` holds: ``None`` for null, ``bool``, ``int`` or ``Decimal`` for
numbers, ``str``, ``tuple`` for lists and tuples, :class:`TfSet` for sets, ``dict`` for maps and objects (keys sorted, as
Terraform iterates them). The elements of collections are themselves ``TfValue``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from peerlint.network.values import Known, Unknown


@dataclass(frozen=True, slots=True)
class TfSet:
    """A set: its elements without repetition, in Terraform's iteration order (strings lexicographic, numbers rising)."""

    items: tuple[TfValue, ...]


Plain: TypeAlias = bool | int | Decimal | str | tuple["TfValue", ...] | TfSet | dict[str, "TfValue"] | None
TfValue: TypeAlias = Known[Plain] | Unknown


class EvaluationError(Exception):
    """An error that Terraform would report when it evaluates the expression; ``try`` and ``can`` catch it."""
