"""What the values of the model are made of, read off its own types: a shape for each field of each dataclass."""

from __future__ import annotations

import collections.abc
import hashlib
import types
import typing
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from msgspec import Struct

from peerlint.network.cidr import Cidr
from peerlint.network.model import Order
from peerlint.network.order.drawn import Drawing
from peerlint.network.values import Span
from peerlint.records import field_names, is_record_type


class Plain(Struct, frozen=True):
    """A value that is written as it is: ``str``, ``bool``, ``int`` or ``Decimal``."""

    type: type


class Choice(Struct, frozen=True):
    """A member of an enumeration."""

    members: tuple[Enum, ...]


class Place(Struct, frozen=True):
    """A span."""


class Range(Struct, frozen=True):
    """An address block."""


class Path(Struct, frozen=True):
    """The path of a file."""


class Many(Struct, frozen=True):
    """Any number of values of one shape, in order."""

    item: Shape


class Distinct(Struct, frozen=True):
    """A set of values of one shape."""

    item: Shape


class Fixed(Struct, frozen=True):
    """One value of each of several shapes."""

    items: tuple[Shape, ...]


class Pairs(Struct, frozen=True):
    """Values by their keys."""

    key: Shape
    value: Shape


class Optional(Struct, frozen=True):
    """A value, or none."""

    item: Shape


class Either(Struct, frozen=True):
    """A value of one of several shapes that are told apart by the types of their values."""

    options: tuple[Plain, ...]


class Thing(Struct, frozen=True):
    """A value of one of several kinds, by their numbers."""

    kinds: tuple[int, ...]


class Way(Struct, frozen=True):
    """The way of a value, which is found when it is asked for: its steps."""

    steps: Many


class Anything(Struct, frozen=True):
    """A value of any type that a value of Terraform or CloudFormation may have."""

    known: Thing


class Making(Struct, frozen=True):
    """The order in which a stack is made: a drawing of it, or nothing."""

    drawing: Thing


Shape: TypeAlias = (
    Plain
    | Choice
    | Place
    | Range
    | Path
    | Many
    | Distinct
    | Fixed
    | Pairs
    | Optional
    | Either
    | Thing
    | Way
    | Anything
    | Making
)


class Kind(Struct):
    """A dataclass with the types of its own that it is used with (``Known[str]``), and the shape of each field."""

    type: type
    name: str
    fields: tuple[tuple[str, Shape], ...] = ()


PATHS: Mapping[tuple[str, str], Shape] = {("Fragment", "files"): Many(Path())}
"""The fields whose texts are paths of files."""


class Kinds:
    """The kinds of value that a type leads to, numbered in the order of their fields."""

    def __init__(self, top: type, anything: Sequence[object]) -> None:
        """Those that ``top`` leads to; a field of any type may hold a value of the types of ``anything`` as well."""
        self.all: list[Kind] = []
        self._numbers: dict[object, int] = {}
        self._anything = tuple(anything)
        self.top = self._number(top)

    @cached_property
    def digest(self) -> str:
        """Tells one model from another: two that have it in common have the same kinds, with the same fields."""
        said = "\n".join(f"{kind.name} {kind.fields}" for kind in self.all)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def _number(self, hint: Any) -> int:
        if hint not in self._numbers:
            own: type = typing.get_origin(hint) or hint
            self._numbers[hint] = len(self.all)
            kind = Kind(own, own.__name__)
            self.all.append(kind)
            given = dict(zip(getattr(own, "__parameters__", ()), typing.get_args(hint), strict=False))
            hints = typing.get_type_hints(own)
            kind.fields = tuple((name, self._field(own, name, hints[name], given)) for name in field_names(own))
        return self._numbers[hint]

    def _field(self, own: type, name: str, hint: object, given: Mapping[object, object]) -> Shape:
        return PATHS.get((own.__name__, name)) or self._shape(hint, given)

    def _shape(self, hint: Any, given: Mapping[object, object]) -> Shape:
        if isinstance(hint, TypeVar):
            return self._shape(given[hint], {})
        if hint in (str, bool, int, Decimal):
            return Plain(hint)
        if hint is object:
            return Anything(Thing(tuple(self._number(one) for one in self._anything)))
        if hint is Span:
            return Place()
        if hint is Cidr:
            return Range()
        if hint is Order:
            return Making(Thing((self._number(Drawing),)))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return Choice(tuple(hint))
        return self._composed(hint, typing.get_origin(hint), typing.get_args(hint), given)

    def _composed(self, hint: Any, origin: object, args: Sequence[Any], given: Mapping[object, object]) -> Shape:
        if origin in (types.UnionType, typing.Union):
            return self._union(args, given)
        if origin is tuple and args[-1] is Ellipsis:
            return Many(self._shape(args[0], given))
        if origin is tuple:
            return Fixed(tuple(self._shape(arg, given) for arg in args))
        if origin is frozenset:
            return Distinct(self._shape(args[0], given))
        if origin is collections.abc.Mapping:
            return Pairs(self._shape(args[0], given), self._shape(args[1], given))
        if origin is collections.abc.Callable:
            steps = self._shape(args[-1], given)
            if isinstance(steps, Many):
                return Way(steps)
        if is_record_type(origin or hint):
            return Thing((self._number(hint),))
        raise TypeError(f"values of {hint} are not exchanged")

    def _union(self, args: Sequence[Any], given: Mapping[object, object]) -> Shape:
        some = [arg for arg in args if arg is not types.NoneType]
        shapes = [self._shape(arg, given) for arg in some]
        kinds = tuple(kind for shape in shapes if isinstance(shape, Thing) for kind in shape.kinds)
        plain = tuple(shape for shape in shapes if isinstance(shape, Plain))
        if len(shapes) == 1:
            found = shapes[0]
        elif len(plain) == len(shapes):
            found = Either(plain)
        elif all(isinstance(shape, Thing) for shape in shapes):
            found = Thing(kinds)
        else:
            raise TypeError(f"a value that is one of {args} is not exchanged")
        return found if len(some) == len(args) else Optional(found)
