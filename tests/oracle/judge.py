"""Whether a value that peerlint computes agrees with what Terraform says of it, in one world or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, assert_never

from peerlint.network.values import Known, Unknown
from peerlint.terraform.convert import convert
from peerlint.terraform.objects import ResourceObject
from peerlint.terraform.types import TypeConstraint
from peerlint.terraform.values import EvaluationError, TfSet, TfValue, first_unknown
from tests.oracle.terraform_plan import UNKNOWN

IN_PART = " (in part)"
"""Ends the path of a collection of which peerlint knows the elements' number, and plan nothing."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where the two differ; ``theirs`` is what Terraform says, in each world."""

    address: str
    path: str
    ours: str
    theirs: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.address}: {self.path}: ours {self.ours}; terraform: {' | '.join(self.theirs)}"


@dataclass(frozen=True, slots=True)
class Judge:
    """``is_open`` tells for which reasons a value may be unknown to peerlint and known in each world."""

    is_open: Callable[[Unknown], bool]

    def typed(
        self, ours: TfValue, type: TypeConstraint, theirs: Sequence[Any], address: str, path: str
    ) -> Iterator[Disagreement]:
        """Where a value for an attribute of that type differs from the worlds' values."""
        try:
            converted = convert(ours, type)
        except EvaluationError as error:
            yield Disagreement(address, path, f"refused: {error}", tuple(map(str, theirs)))
            return
        yield from self.value(converted, theirs, address, path)

    def value(self, ours: TfValue, theirs: Sequence[Any], address: str, path: str) -> Iterator[Disagreement]:
        """Where a value differs from the worlds' values."""
        match ours:
            case Unknown():
                if not self.is_open(ours) and any(value != UNKNOWN for value in theirs):
                    yield Disagreement(address, path, f"unknown ({ours.reason})", tuple(map(str, theirs)))
            case Known(value=ResourceObject() as resource) if all(isinstance(value, dict) for value in theirs):
                for name, written in resource.items():
                    yield from self.value(written, [value.get(name) for value in theirs], address, f"{path}.{name}")
            case Known(value=dict() as items) if all(isinstance(value, dict) for value in theirs):
                for name in dict.fromkeys([*items, *(key for value in theirs for key in value)]):
                    inner: TfValue = items.get(name, Known(None))
                    yield from self.value(inner, [value.get(name) for value in theirs], address, f"{path}.{name}")
            case Known(value=tuple() as elements) if all(_has_length(value, len(elements)) for value in theirs):
                for index, element in enumerate(elements):
                    yield from self.value(element, [value[index] for value in theirs], address, f"{path}[{index}]")
            case Known(value=TfSet(items=elements)) if all(_has_length(value, len(elements)) for value in theirs):
                if not all(self._paired(elements, value) for value in theirs):
                    yield Disagreement(address, path, shown(ours), tuple(map(str, theirs)))
            case Known(value=plain):
                if isinstance(plain, tuple | dict | TfSet) or not all(_equal(plain, value) for value in theirs):
                    in_part = first_unknown(ours) is not None and all(value == UNKNOWN for value in theirs)
                    where = f"{path}{IN_PART}" if in_part else path
                    yield Disagreement(address, where, shown(ours), tuple(map(str, theirs)))
            case _:
                assert_never(ours)

    def _paired(self, ours: Sequence[TfValue], theirs: Sequence[Any]) -> bool:
        """Whether each element goes with another one of theirs, in whatever order."""
        fitting = [[not list(self.value(item, [other], "", "")) for other in theirs] for item in ours]
        taken: dict[int, int] = {}

        def place(row: int, tried: set[int]) -> bool:
            for column, fits in enumerate(fitting[row]):
                if fits and column not in tried:
                    tried.add(column)
                    if column not in taken or place(taken[column], tried):
                        taken[column] = row
                        return True
            return False

        return all(place(row, set()) for row in range(len(ours)))


def _has_length(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length


def _equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | Decimal) and not isinstance(ours, bool):
        return isinstance(theirs, int | float) and not isinstance(theirs, bool) and float(ours) == float(theirs)
    return type(ours) is type(theirs) and ours == theirs


def shown(value: TfValue) -> str:
    """A value for a message, on one line."""
    match value:
        case Unknown():
            return f"unknown ({value.reason})"
        case Known(value=dict() as items):
            return "{" + ", ".join(f"{name}: {shown(item)}" for name, item in items.items()) + "}"
        case Known(value=tuple() as elements) | Known(value=TfSet(items=elements)):
            return "[" + ", ".join(map(shown, elements)) + "]"
        case Known(value=plain):
            return repr(plain)
    assert_never(value)
