"""What a function is: its parameters, and an implementation that is given the converted arguments of one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from peerlint.network.values import Known, Unknown
from peerlint.terraform.types import ANY, AsWritten, ListType, MapType, ObjectType, SetType, TupleType, TypeConstraint
from peerlint.terraform.values import EvaluationError, Plain, TfSet, TfValue

MAX_ITEMS = 1_000_000
"""The longest string or collection that a function makes."""


class FileContext(Struct, frozen=True):
    """Where a call stands: the directories of its module, of the project (which it may not leave), of the root module.

    ``render`` renders a template (its text, the variables, the file's path) for ``templatefile``, ``templatestring``;
    ``read_variables`` evaluates the text of a variables file.
    """

    module_dir: str
    project_dir: str
    root_dir: str
    render: Callable[[str, Mapping[str, TfValue], str], TfValue] | None = None
    read_variables: Callable[[str], TfValue] | None = None


Kinds: TypeAlias = tuple[type[TypeConstraint], ...]

SEQUENCE: Kinds = (ListType, TupleType)
LISTING: Kinds = (*SEQUENCE, SetType)
MAPPING: Kinds = (MapType, ObjectType, AsWritten)


class Param(Struct, frozen=True):
    """A parameter: its type, whether it may be null, and whether the implementation wants to see it unknown.

    Where it is of ``any`` type, ``kinds`` are those that the implementation takes.
    """

    name: str
    type: TypeConstraint = ANY
    nullable: bool = False
    unknown: bool = False
    kinds: Kinds = ()


class ArgumentError(EvaluationError):
    """An error in the value of one argument, which is counted from 0."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


class LimitError(EvaluationError):
    """A limit of Terraform's own is passed."""


class TooLarge(Exception):
    """The result is larger than peerlint makes: not an error of the configuration, so ``try`` does not catch it."""


class TooSlow(TooLarge):
    """The result takes longer than peerlint waits."""


class Call(Struct, frozen=True):
    """The converted arguments of a call, by position, and where it stands."""

    args: tuple[TfValue, ...]
    context: FileContext

    def plain(self, index: int) -> Plain:
        """The known value of an argument."""
        value = self.args[index]
        if isinstance(value, Unknown):
            raise ArgumentError(index, "the value is not known")
        return value.value

    def text(self, index: int) -> str:
        """An argument that is a string."""
        plain = self.plain(index)
        if isinstance(plain, str):
            return plain
        raise ArgumentError(index, "string required")

    def amount(self, index: int) -> int | Decimal:
        """An argument that is a number."""
        plain = self.plain(index)
        if isinstance(plain, int | Decimal) and not isinstance(plain, bool):
            return plain
        raise ArgumentError(index, "number required")

    def whole(self, index: int) -> int:
        """An argument that is a whole number."""
        amount = self.amount(index)
        if isinstance(amount, int):
            return amount
        raise ArgumentError(index, "value must be a whole number")

    def integer(self, index: int) -> int:
        """An argument that is a whole number of at most 64 bits."""
        amount = self.whole(index)
        if -(1 << 63) <= amount < 1 << 63:
            return amount
        raise ArgumentError(index, "value must be a whole number, between -9223372036854775808 and 9223372036854775807")

    def items(self, index: int) -> tuple[TfValue, ...]:
        """The elements of an argument that is a list, a tuple or a set."""
        match self.plain(index):
            case tuple() as items:
                return items
            case TfSet(items=items):
                return items
        raise ArgumentError(index, "list required")

    def mapping(self, index: int) -> dict[str, TfValue]:
        """The elements of an argument that is a map or an object."""
        plain = self.plain(index)
        if isinstance(plain, dict):
            return plain
        raise ArgumentError(index, "map required")


class Function(Struct, frozen=True):
    """A function: ``params`` by position, then any number of ``rest``.

    With ``partial`` the implementation is given collections that hold unknown elements; otherwise such a call is
    unknown.
    """

    implementation: Callable[[Call], TfValue]
    params: tuple[Param, ...] = ()
    rest: Param | None = None
    partial: bool = False

    def param(self, index: int) -> Param | None:
        """The parameter that an argument is for; ``None`` for one too many."""
        return self.params[index] if index < len(self.params) else self.rest


def texts(items: tuple[TfValue, ...]) -> list[str]:
    """The elements of a known list of strings. Raises EvaluationError where one is null."""
    found: list[str] = []
    for index, item in enumerate(items):
        if not isinstance(item, Known) or not isinstance(item.value, str):
            raise EvaluationError(f"element {index} is null; a string is required")
        found.append(item.value)
    return found


def bounded(length: int) -> None:
    """Refuse to make a string or collection that is too long. Raises TooLarge."""
    if length > MAX_ITEMS:
        raise TooLarge(f"makes a value of more than {MAX_ITEMS:,} characters or elements")
